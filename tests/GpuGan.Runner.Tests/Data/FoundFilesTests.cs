using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Distributions.Csv;
using GpuGan.Runner.Data;
using GpuGan.Runner.Settings;

namespace GpuGan.Runner.Tests.Data;

/// <summary>Files as people have them, most of the same ten rows: what is read of each, or said of it.</summary>
internal sealed class FoundFilesTests
{
    // Minutes that a geyser erupted, and until it did again.
    private static readonly double[][] Geyser =
    [
        [3.6, 79], [1.8, 54], [3.333, 74], [2.283, 62], [4.533, 85], [2.883, 55], [4.7, 88], [3.6, 85], [1.95, 51], [4.35, 85],
    ];

    private static readonly TestCaseData[] Files =
    [
        Found("plain.csv", "", "10 rows of eruptions | waiting: 3.6 79 … 4.35 85"),
        Found("no-header.csv", "", "10 rows of 2 columns: 3.6 79 … 4.35 85"),
        Found("no-header.csv", "--header yes", "9 rows of 3.6 | 79: 1.8 54 … 4.35 85"),
        Found("semicolon.csv", "", "10 rows of eruptions | waiting: 3.6 79 … 4.35 85"),
        Found("tab.tsv", "", "10 rows of eruptions | waiting: 3.6 79 … 4.35 85"),
        Found("pipe.csv", "", "10 rows of eruptions | waiting: 3.6 79 … 4.35 85"),
        Found("colon.csv", "", "row 2, column 1, eruptions:waiting: '3.6:79' is not a number; --delimiter tells what stands between cells, where it is something unusual"),
        Found("colon.csv", "--delimiter :", "10 rows of eruptions | waiting: 3.6 79 … 4.35 85"),
        Found("blanks.txt", "", "10 rows of eruptions | waiting: 3.6 79 … 4.35 85"),
        Found("comma-and-blank.csv", "", "10 rows of eruptions | waiting: 3.6 79 … 4.35 85"),
        Found("excel-german.csv", "", "row 2, column 1, eruptions: '3,6' has a decimal comma; add --decimal ,"),
        Found("excel-german.csv", "--decimal ,", "10 rows of eruptions | waiting: 3.6 79 … 4.35 85"),
        Found("excel-german-words.csv", "", "row 2, column 1, Ort: 'Park' is not a number; --columns 2-3 --decimal , takes the columns of numbers"),
        Found("excel-german-words.csv", "--columns 2-3 --decimal ,", "10 rows of eruptions | waiting: 3.6 79 … 4.35 85"),
        Found("quoted-decimal-comma.csv", "", "row 2, column 1, eruptions: '3,6' has a decimal comma; add --decimal ,"),
        Found("quoted-decimal-comma.csv", "--decimal ,", "10 rows of eruptions | waiting: 3.6 79 … 4.35 85"),
        Found("tab-decimal-comma.tsv", "", "row 2, column 1, eruptions: '3,6' has a decimal comma; add --decimal ,"),
        Found("tab-decimal-comma.tsv", "--decimal ,", "10 rows of eruptions | waiting: 3.6 79 … 4.35 85"),
        Found("one-column-decimal-comma.csv", "", "row 2, column 1, eruptions: '3,6' has a decimal comma; add --decimal ,"),
        Found("one-column-decimal-comma.csv", "--decimal ,", "10 rows of eruptions: 3.6 … 4.35"),
        Found("one-column.csv", "", "10 rows of eruptions: 3.6 … 4.35"),
        Found("one-row.csv", "", "1 rows of eruptions | waiting: 3.6 79 … 3.6 79"),
        Found("plain.csv", "--decimal ,", "row 2, column 1, eruptions: '3.6' has a decimal point; leave --decimal , out"),
        Found("blanks-around-quotes.csv", "", "10 rows of eruptions | waiting: 3.6 79 … 4.35 85"),
        Found("doubled-quotes.csv", "", "10 rows of eruptions \"min\" | waiting, min: 3.6 79 … 4.35 85"),
        Found("name-of-two-lines.csv", "", "10 rows of eruptions\nin minutes | waiting: 3.6 79 … 4.35 85"),
        Found("semicolon-in-name.csv", "", "10 rows of eruptions; min | waiting: 3.6 79 … 4.35 85"),
        Found("index.csv", "", "10 rows of id | eruptions | waiting: 1 3.6 79 … 10 4.35 85; column 1, id, counts the rows; leave it out by --columns 2-3"),
        Found("index.csv", "--columns eruptions,waiting", "10 rows of eruptions | waiting: 3.6 79 … 4.35 85"),
        Found("index.csv", "--columns waiting,2", "10 rows of waiting | eruptions: 79 3.6 … 85 4.35"),
        Found("index-semicolon.csv", "", "row 2, column 2, eruptions: '3,6' has a decimal comma; add --decimal ,"),
        Found("index-semicolon.csv", "--decimal ,", "10 rows of id | eruptions | waiting: 1 3.6 79 … 10 4.35 85; column 1, id, counts the rows; leave it out by --columns 2-3"),
        Found("r-write-csv.csv", "", "10 rows of x1 | eruptions | waiting: 1 3.6 79 … 10 4.35 85; column 1 counts the rows; leave it out by --columns 2-3"),
        Found("r-write-csv.csv", "--columns 2-3", "10 rows of eruptions | waiting: 3.6 79 … 4.35 85"),
        Found("r-write-csv2.csv", "--decimal , --columns eruptions-waiting", "10 rows of eruptions | waiting: 3.6 79 … 4.35 85"),
        Found("r-write-table.txt", "", "10 rows of x1 | eruptions | waiting: 1 3.6 79 … 10 4.35 85; column 1 counts the rows; leave it out by --columns 2-3"),
        Found("r-row-names.csv", "", "row 2, column 1: 'park 1' is not a number; --columns 2-3 takes the columns of numbers"),
        Found("r-row-names.csv", "--columns 2-3", "10 rows of eruptions | waiting: 3.6 79 … 4.35 85"),
        Found("pandas-index.csv", "", "10 rows of x1 | eruptions | waiting: 0 3.6 79 … 9 4.35 85; column 1 counts the rows; leave it out by --columns 2-3"),
        Found("pandas-unnamed.csv", "", "10 rows of 0 | 1: 3.6 79 … 4.35 85; took the first row as the header: 0, 1; --header no takes it for numbers"),
        Found("pandas-unnamed.csv", "--header no", "11 rows of 2 columns: 0 1 … 4.35 85"),
        Found("pandas-index-unnamed.csv", "", "10 rows of x1 | 0 | 1: 0 3.6 79 … 9 4.35 85; took the first row as the header: , 0, 1; --header no takes it for numbers; column 1 counts the rows; leave it out by --columns 2-3"),
        Found("pandas-index-unnamed.csv", "--columns 2-3", "10 rows of 0 | 1: 3.6 79 … 4.35 85; took the first row as the header: , 0, 1; --header no takes it for numbers"),
        Found("pandas-index-unnamed.csv", "--columns 1", "--columns 1 may mean column 1 or column 3, whose name it is; write 1-1 or '\"1\"'"),
        Found("pandas-index-unnamed.csv", "--columns 2", "10 rows of 0: 3.6 … 4.35; took the first row as the header: , 0, 1; --header no takes it for numbers"),
        Found("pandas-series.csv", "", "10 rows of 0: 3.6 … 4.35; took the first row as the header: 0; --header no takes it for numbers"),
        Found("numbered-with-label.csv", "", "10 rows of 0 | 1 | 2: 0 3.6 79 … 1 4.35 85; took the first row as the header: 0, 1, 2; --header no takes it for numbers"),
        Found("years.csv", "", "10 rows of 2019 | 2020: 3.6 79 … 4.35 85; took the first row as the header: 2019, 2020; --header no takes it for numbers"),
        Found("years.csv", "--columns 2020", "10 rows of 2020: 79 … 85; took the first row as the header: 2019, 2020; --header no takes it for numbers"),
        Found("years.csv", "--header no", "11 rows of 2 columns: 2019 2020 … 4.35 85"),
        Found("places-and-years.csv", "", "row 2, column 1, place: 'Park 0' is not a number; --columns 2-3 takes the columns of numbers"),
        Found("places-and-years.csv", "--columns 2-3", "10 rows of 2019 | 2020: 3.6 79 … 4.35 85; took the first row as the header: place, 2019, 2020; --header no takes it for numbers"),
        Found("named-like-numbers.csv", "", "10 rows of 2 | 1: 3.6 79 … 4.35 85; took the first row as the header: 2, 1; --header no takes it for numbers"),
        Found("named-like-numbers.csv", "--columns 1", "--columns 1 may mean column 1 or column 2, whose name it is; write 1-1 or '\"1\"'"),
        Found("named-like-numbers.csv", "--columns \"1\"", "10 rows of 1: 79 … 85; took the first row as the header: 2, 1; --header no takes it for numbers"),
        Found("named-like-numbers.csv", "--columns 1-1", "10 rows of 2: 3.6 … 4.35; took the first row as the header: 2, 1; --header no takes it for numbers"),
        Found("first-row-is-whole.csv", "", "11 rows of 2 columns: 4 79 … 4.35 85"),
        Found("first-row-is-whole.csv", "--header yes", "10 rows of 4 | 79: 3.6 79 … 4.35 85"),
        Found("whole-years.csv", "", "5 rows of 2018 | 2019 | 2020: 35 7 1204 … 30 11 998; took the first row as the header: 2018, 2019, 2020; --header no takes it for numbers"),
        Found("places-and-whole-years.csv", "", "row 2, column 1, place: 'Park 0' is not a number; --columns 2,4 takes the columns of numbers"),
        Found("places-and-whole-years.csv", "--columns 2,4", "5 rows of 2010 | 2030: 1204 7 … 998 11; took the first row as the header: place, 2010, 2020, 2030; --header no takes it for numbers"),
        Found("years-as-rows.csv", "", "6 rows of 2 columns: 1900 1950 … 1911 1982"),
        Found("pixels.csv", "", "3 rows of 0 | 1 | 2 | 3 | 4 | 5: 0 0 12 255 7 0 … 0 0 0 90 8 1; took the first row as the header: 0, 1, 2, 3, 4, 5; --header no takes it for numbers"),
        Found("orders.csv", "", "6 rows of 6 columns: 0 1 2 3 4 5 … 1 2 0 3 5 4; took the first row for numbers: 0, 1, 2, 3, 4, 5; --header yes takes it for the header"),
        Found("whole-and-far.csv", "", "6 rows of 2 columns: 1000 2000 … 7 2; took the first row for numbers: 1000, 2000; --header yes takes it for the header"),
        Found("one-year.csv", "", "row 1, column 1: 'place' is not a number; --columns 2 takes the columns of numbers, --header yes the first row for names"),
        Found("rows-left-out.csv", "", "4 rows of x1 | eruptions | waiting: 0 3.6 79 … 9 4.35 85; column 1 has another whole number in each row, as an index has; leave it out by --columns 2-3"),
        Found("rows-left-out-twice.csv", "", "4 rows of x1 | Unnamed: 0 | eruptions: 0 7 3.6 … 3 9 4.35; column 1 counts the rows; leave it out by --columns 3; column 2, Unnamed: 0, has another whole number in each row, as an index has; leave it out by --columns 3"),
        Found("empty-column.csv", "", "row 2, column 2, depth: the column has no number; choose others by --columns 1,3"),
        Found("source-below.csv", "", "row 6 has 1 cell where the rows above have 2; a line that is no row needs a # before it"),
        Found("single-quotes.csv", "", "row 2, column 1, eruptions: ''3.6'' has single quotes; take them out of the file"),
        Found("windows-1252.csv", "", "3 rows of price (€) | waiting: 3.6 79 … 3.333 74"),
        Found("sum-below.csv", "", "4 rows of eruptions | waiting: 3.6 79 … 8.733 207; row 5 is the sum of all rows above; if it is no row of its own, put a # before it"),
        Found("called-total.csv", "--columns 2-3", "4 rows of eruptions | waiting: 3.6 79 … 2.9 69; row 5 is called 'Total'; if it sums up others, put a # before it"),
        Found("long-ids.csv", "", "column 1, id, has 3 different whole numbers, as float64 1; leave it out by --columns, or --allow-rounding takes it so"),
        Found("long-ids.csv", "--columns 2", "3 rows of waiting: 79 … 74"),
        Found("pandas-missing.csv", "--skip-missing", "2 rows of eruptions | waiting: 3.6 79 … 3.333 74; skipped 4 of 6 rows with missing values"),
        Found("sep.csv", "", "10 rows of eruptions | waiting: 3.6 79 … 4.35 85"),
        Found("sep-pipe.csv", "", "10 rows of eruptions | waiting: 3.6 79 … 4.35 85"),
        Found("comments.csv", "", "10 rows of eruptions | waiting: 3.6 79 … 4.35 85"),
        Found("commented-rows.csv", "", "10 rows of eruptions | waiting: 3.6 79 … 4.35 85; left out 2 lines that begin with # and look like rows"),
        Found("comments-only.csv", "", "is empty; give rows of numbers; lines that begin with # are comments"),
        Found("numpy-savetxt.csv", "", "10 rows of eruptions | waiting: 3.6 79 … 4.35 85; took the comment above the rows as the header: eruptions, waiting"),
        Found("numpy-savetxt.txt", "", "10 rows of eruptions | waiting: 3.6 79 … 4.35 85; took the comment above the rows as the header: eruptions, waiting"),
        Found("numpy-savetxt.txt", "--header no", "10 rows of 2 columns: 3.6 79 … 4.35 85"),
        Found("gnuplot.dat", "", "10 rows of eruptions | waiting: 3.6 79 … 4.35 85; took the comment above the rows as the header: eruptions, waiting"),
        Found("sign-as-name.csv", "", "10 rows of # | eruptions | waiting: 5 3.6 79 … 14 4.35 85; took the comment above the rows as the header: #, eruptions, waiting"),
        Found("colours.csv", "", "row 2, column 1, colour: 'red' is not a number; --columns 2-3 takes the columns of numbers"),
        Found("colours.csv", "--columns 2-3", "9 rows of eruptions | waiting: 3.6 79 … 3.6 79; left out 2 lines that begin with # and look like rows"),
        Found("trailing-delimiter.csv", "", "10 rows of eruptions | waiting: 3.6 79 … 4.35 85"),
        Found("trailing-delimiter-below.csv", "", "10 rows of eruptions | waiting: 3.6 79 … 4.35 85"),
        Found("trailing-delimiters-above.csv", "", "10 rows of eruptions | waiting: 3.6 79 … 4.35 85"),
        Found("trailing-blank-lines.csv", "", "10 rows of eruptions | waiting: 3.6 79 … 4.35 85"),
        Found("trailing-blanks.csv", "", "10 rows of eruptions | waiting: 3.6 79 … 4.35 85"),
        Found("excel-empty-rows.csv", "", "10 rows of eruptions | waiting: 3.6 79 … 4.35 85"),
        Found("latin-1.csv", "", "10 rows of durée | attente: 3.6 79 … 4.35 85"),
        Found("utf-8-mark.csv", "", "10 rows of eruptions | waiting: 3.6 79 … 4.35 85"),
        Found("utf-16.csv", "", "10 rows of eruptions | waiting: 3.6 79 … 4.35 85"),
        Found("cr.csv", "", "10 rows of eruptions | waiting: 3.6 79 … 4.35 85"),
        Found("crlf.csv", "", "10 rows of eruptions | waiting: 3.6 79 … 4.35 85"),
        Found("packed.csv.gz", "", "10 rows of eruptions | waiting: 3.6 79 … 4.35 85"),
        Found("fortran.txt", "", "10 rows of 2 columns: 3.6 79 … 4.35 85"),
        Found("exponents-and-signs.csv", "", "10 rows of eruptions | waiting: 3.6 79 … 4.35 85"),
        Found("typeset-minus.csv", "", "10 rows of eruptions | waiting: -3.6 79 … 4.35 85"),
        Found("words-and-dates.csv", "", "row 2, column 1, day: '1985-08-01' is not a number; --columns 2,4 takes the columns of numbers"),
        Found("words-and-dates.csv", "--columns eruptions,waiting", "10 rows of eruptions | waiting: 3.6 79 … 4.35 85"),
        Found("words-and-dates.csv", "--columns 4,2", "10 rows of waiting | eruptions: 79 3.6 … 85 4.35"),
        Found("words-and-dates.csv", "--columns kind", "row 2, column 3, kind: 'long' is not a number; --columns 2,4 takes the columns of numbers"),
        Found("words-and-dates.csv", "--columns waitin", "has no column 'waitin'; did you mean 'waiting'?"),
        Found("words-and-dates.csv", "--columns Waiting", "has no column 'Waiting'; did you mean 'waiting'?"),
        Found("words-and-dates.csv", "--columns speed", "has no column 'speed'; it has day, eruptions, kind, waiting"),
        Found("words-and-dates.csv", "--columns 5", "has no column 5; its columns are 1 to 4"),
        Found("words-and-dates.csv", "--columns 2,eruptions", "--columns '2,eruptions' takes column 2 twice; once is enough"),
        Found("words-and-dates.csv", "--columns 4-2", "--columns 4-2 begins after its end; write 2-4, or single columns in any order"),
        Found("words-and-dates.csv", "--header no", "row 1, column 1: 'day' is not a number; --header yes takes the first row for names"),
        Found("no-header.csv", "--columns waiting", "has no names, so no column 'waiting'; choose by number from 1 to 2, or take the first row for names by --header yes"),
        Found("no-header.csv", "--columns 2", "10 rows of 1 columns: 79 … 85"),
        Found("doubled-names.csv", "--columns x", "has 2 columns of the name 'x'; choose by number, --columns 1 or 3"),
        Found("doubled-names.csv", "--columns 2,4", "10 rows of eruptions | waiting: 3.6 79 … 4.35 85"),
        Found("names-with-commas.csv", "--columns \"eruptions, min\",\"waiting, min\"", "10 rows of eruptions, min | waiting, min: 3.6 79 … 4.35 85"),
        Found("names-with-dashes.csv", "--columns eruptions-min-waiting-min", "10 rows of eruptions-min | waiting-min: 3.6 79 … 4.35 85"),
        Found("iris.csv", "", "row 1, column 5: 'setosa' is not a number; --columns 1-4 takes the columns of numbers"),
        Found("iris.csv", "--columns 1-4", "10 rows of 4 columns: 5.1 3.5 1.4 0.2 … 6.3 2.9 5.6 1.8"),
        Found("wine.csv", "", "10 rows of fixed acidity | alcohol | quality: 7 9 5 … 7.9 10.8 5"),
        Found("penguins.csv", "", "row 2, column 1, species: 'Adelie' is not a number; --columns 3-4 --skip-missing takes the columns of numbers"),
        Found("penguins.csv", "--columns 3-4 --skip-missing", "9 rows of bill_length_mm | body_mass_g: 39.1 3750 … 42 4250; skipped 1 of 10 rows with missing values"),
        Found("missing.csv", "", "row 2, column 1, eruptions: '#N/A' is no number; --skip-missing leaves such rows out"),
        Found("missing.csv", "--skip-missing", "10 rows of eruptions | waiting: 3.6 79 … 4.35 85; skipped 16 of 26 rows with missing values"),
        Found("stata.csv", "", "row 12, column 1, eruptions: '.' is no number; --skip-missing leaves such rows out"),
        Found("stata.csv", "--skip-missing", "10 rows of eruptions | waiting: 3.6 79 … 4.35 85; skipped 2 of 12 rows with missing values"),
        Found("short-rows.csv", "", "row 12 has 1 cell where the rows above have 2; --skip-missing leaves such rows out"),
        Found("short-rows.csv", "--skip-missing", "10 rows of eruptions | waiting: 3.6 79 … 4.35 85; skipped 2 of 12 rows with missing values"),
        Found("all-missing.csv", "", "row 2, column 3, depth: the column has no number; choose others by --columns 1-2"),
        Found("all-missing.csv", "--skip-missing", "all 10 rows have missing values: column 3, depth, has no number; choose others by --columns 1-2"),
        Found("all-missing.csv", "--columns 1,2", "10 rows of eruptions | waiting: 3.6 79 … 4.35 85"),
        Found("preamble.csv", "", "row 1 has 1 cell where most rows below have 2; a line that is no row needs a # before it, and a cell that holds the delimiter quotes"),
        Found("units.csv", "", "row 2, column 1, eruptions: '[min]' is not a number; no column is of numbers alone: a line that is no row needs a # before it"),
        Found("thousands.csv", "", "row 2, column 1, visitors: '5,338' is 5.338 if its comma is a decimal one (add --decimal ,), and 5338 if it separates thousands (take it out of the file)"),
        Found("thousands.csv", "--decimal ,", "10 rows of visitors | waiting: 5.338 79 … 14.347 85"),
        Found("thousands-one-column.csv", "", "row 2, column 1, visitors: '5,338' is 5.338 if its comma is a decimal one (add --decimal ,), and 5338 if it separates thousands (take it out of the file)"),
        Found("thousands-and-hundreds.csv", "", "10 rows of visitors | waiting: 500 79 … 3.1 85; column 1, visitors: read 1.000 as 1; if it is 1000, take the separators of thousands out of the file"),
        Found("three-digits.csv", "", "10 rows of eruptions | waiting: 3.6 79 … 4.35 85"),
        Found("totals.csv", "", "row 12, column 1, eruptions: 'Sum' is not a number; --columns 2 takes the columns of numbers, a # before its line leaves that out"),
        Found("open-name.csv", "", "row 1: a quote is never closed; close it, or take it out"),
        Found("dos.csv", "", "10 rows of eruptions | waiting: 3.6 79 … 4.35 85"),
        Found("millions.csv", "", "row 2, column 1, area: '1,234,567.5' has separators of thousands; take them out of the file"),
        Found("german-thousands.csv", "", "row 2, column 1, area: '1.234.567,89' has separators of thousands; take them out of the file, and add --decimal ,"),
        Found("german-thousands.csv", "--decimal ,", "row 2, column 1, area: '1.234.567,89' has separators of thousands; take them out of the file"),
        Found("percent.csv", "", "row 2, column 1, eruptions: '3.6%' has a percent sign; take it out of the file"),
        Found("currency.csv", "", "row 2, column 1, eruptions: '$3.6' has a currency's sign; take it out of the file"),
        Found("accounts.csv", "", "row 3, column 2, balance: '(47.1)' is -47.1 as accounts write it; write -47.1"),
        Found("nines.csv", "", "8 rows of eruptions | waiting: 3.6 79 … 4.7 9999; column 1, eruptions, holds -999 3 times, far from its other numbers; if it stands for a missing one, write NA for it and add --skip-missing"),
        Found("hexadecimal.csv", "", "row 2, column 2, waiting: '0x4f' is hexadecimal; write decimal numbers"),
        Found("truth.csv", "", "row 2, column 1, long: 'TRUE' is not a number; --columns 2-3 takes the columns of numbers"),
        Found("dates.csv", "", "row 2, column 1, day: '1985-08-01' is not a number; --columns 2 takes the columns of numbers"),
        Found("open-quote.csv", "", "row 12: a quote is never closed; close it, or take it out"),
        Found("long-row.csv", "", "row 12 has 3 cells where the rows above have 2; a cell that holds the delimiter needs quotes, and a line that is no row a # before it"),
        Found("long-row.csv", "--skip-missing", "row 12 has 3 cells where the rows above have 2; a cell that holds the delimiter needs quotes, and a line that is no row a # before it"),
        Found("names-only.csv", "", "has names but no rows of numbers"),
        Found("empty.csv", "", "is empty; give rows of numbers"),
        Found("too-large.csv", "", "row 12, column 1, eruptions: '1e39' is too large for float32 (at most 3.4e+38); --standardize scales its column"),
        Found("time-stamps.csv", "", "column time has 10 different values, as float32 1; --standardize keeps them apart, --allow-rounding takes them so"),
        Found("time-stamps.csv", "--allow-rounding", "10 rows of time | waiting: 1700000000.5 79 … 1700000009.5 85; column time has 10 different values, as float32 1"),
        Found("time-stamps.csv", "--columns waiting", "10 rows of waiting: 79 … 85"),
        Found("workbook.csv", "", "is an Excel workbook or another zip archive; save its sheet as CSV, or take the CSV file out"),
        Found("old-workbook.csv", "", "is an Excel workbook; save its sheet as CSV"),
        Found("page.csv", "", "is a web page or another document with tags; download the file itself (on GitHub: Raw)"),
        Found("records.csv", "", "is JSON; write its table as CSV"),
        Found("damaged.csv.gz", "", "is compressed by gzip, and damaged; fetch it again"),
        Found("damaged.parquet", "", "is a Parquet file that cannot be read: Invalid data in Thrift header. File is most likely corrupt (unexpected data type 15); write its table as CSV"),
        Found("program.csv", "", "is no text; save it as CSV in UTF-8"),
    ];

    [TestCaseSource(nameof(Files))]
    public void A_file_is_read_or_answered_in_one_line(string file, string options, string outcome) =>
        Assert.That(Outcome(Path.Join(Folder, file), options), Is.EqualTo(outcome));

    [Test]
    public void Every_file_has_its_line() =>
        Assert.That(Files.Select(file => file.Arguments[0]).Distinct(), Is.EquivalentTo(Directory.GetFiles(Folder).Select(Path.GetFileName).Where(name => name![0] != '.')));

    private static string Folder => Path.Join(TestContext.CurrentContext.TestDirectory, "Data", "Found");

    // As a shell gives them, but for quotes around words.
    private static CsvOptions OptionsOf(string text) => text.Split("--", StringSplitOptions.RemoveEmptyEntries).Select(option => option.Trim().Split(' ', 2)).Aggregate(
        new CsvOptions(), (options, words) => options.With(words[0].Replace('-', '_'), words.Length > 1 ? words[1] : "true"));

    /// <summary>What is read of a file, its first row and its last, or why it is refused.</summary>
    public static string Outcome(string path, string options)
    {
        try
        {
            DataFile data = CsvDataReader.Read(path, OptionsOf(options));
            Table table = data.Table;
            RequireTheGeyser(table);
            string names = table.Names is null ? $"{table.Columns} columns" : string.Join(" | ", table.Names);
            return string.Join("; ", (string[])[$"{table.Rows} rows of {names}: {RowOf(table, 0)} … {RowOf(table, table.Rows - 1)}", .. data.Remarks]);
        }
        catch (FileContentException exception)
        {
            return exception.Message[$"{path}: ".Length..];
        }
    }

    private static string RowOf(Table table, int row) =>
        string.Join(' ', Enumerable.Range(0, table.Columns).Select(column => FormattableString.Invariant($"{table[row, column]}")));

    // Whichever columns are the geyser's have all of its numbers.
    private static void RequireTheGeyser(Table table)
    {
        for (int column = 0; column < table.Columns; column++)
        {
            foreach (int quantity in (int[])[0, 1])
            {
                double[] values = [.. Enumerable.Range(0, table.Rows).Select(row => table[row, column])];
                if (values.Length == Geyser.Length && values[0] == Geyser[0][quantity])
                {
                    Assert.That(values, Is.EqualTo(Geyser.Select(row => row[quantity])));
                }
            }
        }
    }

    private static TestCaseData Found(string file, string options, string outcome) => new TestCaseData(file, options, outcome).SetArgDisplayNames($"{file} {options}");
}
