using System.Globalization;
using System.Reflection;
using GpuGan.Kernels.Arithmetic;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace GpuGan.Kernels.Devices;

/// <summary>An accelerator that has been opened for training.</summary>
internal sealed class Device : IDisposable
{
    // Groups larger than one cost the CPU accelerator a fiber switch for each thread. On GPUs, small ones spread a small
    // population over all multiprocessors. PoCL keeps the private memory of a whole group on its thread's stack: the largest
    // group, which ILGPU would take, overflows that.
    private const int MostThreadsOfGroup = 64;

    /// <summary>What there is to write.</summary>
    internal const string Words = "auto, cpu, cuda, cuda:N, opencl or opencl:N";

    // Null where it is no CPU.
    private readonly CPUDevice? cpu;
    private readonly Lazy<Accelerator> accelerator;

    private Device(string word, Accelerator accelerator) => (Word, this.accelerator) = (word, new(accelerator));

    // ILGPU takes a tenth of a second to start, and not all that a CPU does needs it.
    private Device(CPUDevice cpu) => (Word, this.cpu, accelerator) = ("cpu", cpu, new(() =>
    {
        Context context = Create(builder => builder.CPU(cpu));
        return context.GetCPUDevice(0).CreateCPUAccelerator(context);
    }));

    /// <summary>What <see cref="Open(string, int)"/> takes, such as <c>cpu</c> or <c>cuda:0</c>.</summary>
    public string Word { get; }

    /// <summary>The hardware's name; the CPU's is the number of threads that work.</summary>
    public string Name => cpu is null ? Accelerator.Name : AcceleratorCatalog.CpuName(cpu.NumMultiprocessors);

    /// <summary>Whether a thread can train a vector of members: true of the CPU alone.</summary>
    public bool HasVectors => cpu is not null;

    /// <summary>Its multiprocessors; of the CPU the threads that work.</summary>
    public int Multiprocessors => cpu?.NumMultiprocessors ?? Accelerator.NumMultiprocessors;

    /// <summary>Bytes of memory that trainings there can have at most; on the CPU as the runtime sees it, which knows a container's limit.</summary>
    public long Memory => HasVectors ? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes : Accelerator.MemorySize;

    internal Accelerator Accelerator => accelerator.Value;

    /// <summary>Opens an accelerator.</summary>
    /// <param name="word">
    /// <c>cpu</c>, <c>cuda</c>, <c>cuda:N</c>, <c>opencl</c> or <c>opencl:N</c>, N counted from 0 over the devices that can be
    /// used; or <c>auto</c>: the one that <see cref="AcceleratorCatalog.Best"/> names.
    /// </param>
    /// <param name="threads">Most threads that the CPU accelerator may use; 0 for one for each core.</param>
    /// <exception cref="ArgumentException">The word is none of these, or the number of threads is negative.</exception>
    /// <exception cref="DeviceNotFoundException">There is no such device here.</exception>
    public static Device Open(string word, int threads = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        (string kind, int index) = Parse(word);
        return kind switch
        {
            "cpu" => OpenCpu(new CPUDevice(2, 1, threads == 0 ? Environment.ProcessorCount : threads)),
            "cuda" => OpenCuda(index),
            "opencl" => OpenOpenCL(index),
            _ => Open(AcceleratorCatalog.Best(AcceleratorCatalog.List()).Device!, threads),
        };
    }

    /// <summary>Opens the CPU as an accelerator of any shape, slower than <c>cpu</c>: to see that the shape changes no result.</summary>
    /// <param name="warpSize">Threads of a warp; a power of two from 2 on.</param>
    /// <param name="warps">Warps of a multiprocessor; a power of two.</param>
    /// <param name="multiprocessors">Multiprocessors, at least 1.</param>
    /// <exception cref="ArgumentException">A number is too small, or no power of two.</exception>
    public static Device OpenCpu(int warpSize, int warps, int multiprocessors)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(multiprocessors, 1);
        return int.IsPow2(warpSize) && warpSize >= 2 && int.IsPow2(warps)
            ? OpenCpu(new CPUDevice(warpSize, warps, multiprocessors))
            : throw new ArgumentException($"{warpSize} threads of a warp and {warps} warps must be powers of two, of threads at least 2");
    }

    /// <summary>Opens a CPU accelerator of any warp and group shape.</summary>
    internal static Device OpenCpu(CPUDevice shape) => new(shape);

    /// <summary>Compiles a kernel whose first parameter is the thread's index.</summary>
    /// <typeparam name="TLauncher">A delegate of the stream, the number of threads and the kernel's parameters.</typeparam>
    internal TLauncher Load<TLauncher>(Type owner, string name, params Type[] typeArguments)
        where TLauncher : Delegate
    {
        MethodInfo method = owner.GetMethod(name)!;
        return Load<TLauncher>(typeArguments.Length > 0 ? method.MakeGenericMethod(typeArguments) : method);
    }

    /// <summary>Compiles a kernel, a static method, whose first parameter is the thread's index.</summary>
    /// <typeparam name="TLauncher">A delegate of the stream, the number of threads and the kernel's parameters.</typeparam>
    internal TLauncher Load<TLauncher>(MethodInfo method)
        where TLauncher : Delegate
    {
        int groupSize = HasVectors ? 1 : Math.Min(MostThreadsOfGroup, Accelerator.MaxNumThreadsPerGroup);
        return OrTell(
            () => Accelerator.LoadImplicitlyGroupedKernel(method, groupSize).CreateLauncherDelegate<TLauncher>(),
            $"{Word} is here, but its driver does not compile the kernels");
    }

    /// <summary>Refuses what cannot fit, before anything of it is allocated.</summary>
    /// <param name="bytes">What the training takes.</param>
    /// <exception cref="DeviceMemoryException">The device has less memory.</exception>
    internal void RequireMemory(long bytes)
    {
        if (bytes > Memory)
        {
            throw new DeviceMemoryException(string.Create(
                CultureInfo.InvariantCulture,
                $"not enough memory on {Word}: the training takes {bytes / 1e9:f1} GB, there are {Memory / 1e9:f1}; take a smaller batch or narrower networks"));
        }
    }

    /// <summary>Compiles a kernel that knows its group.</summary>
    /// <typeparam name="TLauncher">A delegate of the stream, the number and size of the groups, and the kernel's parameters.</typeparam>
    /// <param name="method">The kernel.</param>
    /// <param name="groups">How large its groups are, and how many a multiprocessor should have: on CUDA it bounds the registers.</param>
    internal TLauncher LoadGrouped<TLauncher>(MethodInfo method, KernelSpecialization groups)
        where TLauncher : Delegate => OrTell(
            () => Accelerator.LoadKernel(method, Accelerator is CudaAccelerator ? groups : KernelSpecialization.Empty).CreateLauncherDelegate<TLauncher>(),
            $"{Word} is here, but its driver does not compile the kernels");

    /// <summary>Allocates on the device.</summary>
    /// <param name="what">What is allocated, for the message.</param>
    /// <param name="allocate">Allocates it.</param>
    /// <exception cref="DeviceMemoryException">The device has too little memory.</exception>
    internal T Allocate<T>(string what, Func<T> allocate)
    {
        try
        {
            return allocate();
        }
        catch (Exception exception) when (exception is OutOfMemoryException or AcceleratorException)
        {
            throw new DeviceMemoryException($"not enough memory on {Word} for {what}; take a smaller batch, narrower networks or fewer rows");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (accelerator.IsValueCreated)
        {
            Context context = Accelerator.Context;
            Accelerator.Dispose();
            context.Dispose();
        }
    }

    private static Device OpenCuda(int index) => OpenFound(
        "cuda",
        index,
        CudaAccelerators.List(),
        builder => builder.Cuda(CudaAccelerators.IsUsable),
        context => context.GetCudaDevice(index).CreateCudaAccelerator(context));

    private static Device OpenOpenCL(int index) => OpenFound(
        "opencl",
        index,
        OpenCLAccelerators.List(),
        builder => builder.OpenCL(OpenCLAccelerators.IsUsable),
        context => context.GetCLDevice(index).CreateCLAccelerator(context));

    /// <summary>Opens one of the devices that were found.</summary>
    /// <exception cref="DeviceNotFoundException">There are not so many, or the driver does not open it.</exception>
    internal static Device OpenFound(
        string kind, int index, IReadOnlyList<AcceleratorEntry> entries, Action<Context.Builder> devices, Func<Context, Accelerator> open)
    {
        int usable = entries.Count(entry => entry.IsUsable);
        if (index >= usable)
        {
            string found = usable == 0
                ? $"there is no {kind} device here that can be used ({entries[0].Problem})"
                : $"the last {kind} device here is {kind}:{usable - 1}";
            throw new DeviceNotFoundException($"no device {kind}:{index}: {found}");
        }

        Context context = Create(devices);
        try
        {
            return OrTell(() => new Device($"{kind}:{index}", open(context)), $"{kind}:{index} is here, but its driver does not open it");
        }
        catch (DeviceNotFoundException)
        {
            context.Dispose();
            throw;
        }
    }

    /// <summary>Does what a driver may fail to do: one that is busy, broken, or lacks a part such as its compiler.</summary>
    private static T OrTell<T>(Func<T> act, string failure)
    {
        try
        {
            return act();
        }
        catch (AcceleratorException exception)
        {
            throw new DeviceNotFoundException($"{failure} ({exception.Message}); a newer driver may help");
        }
    }

    private static Context Create(Action<Context.Builder> devices)
    {
        Context context = Context.Create(builder =>
        {
            devices(builder);
            builder.Optimize(OptimizationLevel.O1);
        });
        ExactIntrinsics.Register(context);
        return context;
    }

    /// <summary>Whether a word may name an accelerator, one that is here or not.</summary>
    internal static bool IsWord(string word) => TryParse(word, out _, out _);

    private static (string Kind, int Index) Parse(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        return TryParse(word, out string kind, out int index) ? (kind, index) : throw new ArgumentException($"unknown device '{word}'; write {Words}");
    }

    private static bool TryParse(string word, out string kind, out int index)
    {
        string[] parts = word.Split(':');
        (kind, index) = (parts[0], 0);
        return parts is ["auto" or "cpu" or "cuda" or "opencl"]
            || (parts is ["cuda" or "opencl", _] && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out index));
    }
}
