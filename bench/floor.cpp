// The floor: the chapter's GAN in C++ for this processor alone, one GAN in each lane of a vector. See README.md.
// usage: floor [POPULATION [SECONDS [THREADS]]]; prints one JSON object.
#include <immintrin.h>

#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <thread>
#include <vector>

// --- Vectors of floats and of integers, as wide as the processor has them -------------------------
#ifdef __AVX512F__
constexpr int lanes = 16;
#else
constexpr int lanes = 8;
#endif
typedef float V __attribute__((vector_size(4 * lanes)));
typedef uint32_t U __attribute__((vector_size(4 * lanes)));
typedef int32_t I __attribute__((vector_size(4 * lanes)));
typedef uint64_t Wide __attribute__((vector_size(4 * lanes)));

#define EACH _Pragma("GCC unroll 64") for
#define INLINE static inline __attribute__((always_inline))

#ifdef __AVX512F__
INLINE V root(V x) { return _mm512_sqrt_ps(x); }
INLINE V bounded(V x, V low, V high) { return _mm512_min_ps(_mm512_max_ps(x, low), high); }
INLINE Wide even_products(Wide a, Wide b) { return (Wide)_mm512_mul_epu32((__m512i)a, (__m512i)b); }
#else
INLINE V root(V x) { return _mm256_sqrt_ps(x); }
INLINE V bounded(V x, V low, V high) { return _mm256_min_ps(_mm256_max_ps(x, low), high); }
INLINE Wide even_products(Wide a, Wide b) { return (Wide)_mm256_mul_epu32((__m256i)a, (__m256i)b); }
#endif

INLINE V all(float x) { return V{} + x; }
INLINE V rounded(V x) { return (x + 12582912.f) - 12582912.f; }

// --- Functions ------------------------------------------------------------------------------------
// Lambert's continued fraction of tanh, cut off after 9 levels; above 1 from the bound on.
INLINE V tanh(V x) {
    x = bounded(x, all(-7.0f), all(7.0f));
    V y = x * x;
    V p = 34459425.f + y * (4729725.f + y * (135135.f + y * (990.f + y)));
    V q = 34459425.f + y * (16216200.f + y * (945945.f + y * (13860.f + y * 45.f)));
    return bounded(x * p / q, all(-1.f), all(1.f));
}

INLINE V sigmoid(V x) { return 0.5f + 0.5f * tanh(0.5f * x); }

// log x = e log 2 + 2 atanh((m - 1) / (m + 1)), the mantissa m from sqrt(1/2) to sqrt(2).
INLINE V log(V x) {
    I bits = (I)x - 0x3f3504f3;
    V e = __builtin_convertvector(bits >> 23, V);
    V m = (V)((bits & 0x7fffff) + 0x3f3504f3);
    V s = (m - 1.f) / (m + 1.f), y = s * s;
    return e * 0.69314718f + 2.f * s * (1.f + y * (1.f / 3 + y * (1.f / 5 + y * (1.f / 7 + y * (1.f / 9)))));
}

// Sine and cosine of 2 pi u: quarter turns and a rest from -pi/4 to pi/4.
INLINE void turn(V u, V &sine, V &cosine) {
    V quarters = rounded(4.f * u), t = (4.f * u - quarters) * 1.57079633f, y = t * t;
    V s = t * (1.f + y * (-1.f / 6 + y * (1.f / 120 + y * (-1.f / 5040 + y * (1.f / 362880)))));
    V c = 1.f + y * (-1.f / 2 + y * (1.f / 24 + y * (-1.f / 720 + y * (1.f / 40320))));
    I k = __builtin_convertvector(quarters, I);
    I odd = (k & 1) != 0;
    sine = (V)((I)(odd ? c : s) ^ ((k & 2) << 30));
    cosine = (V)((I)(odd ? s : c) ^ (((k + 1) & 2) << 30));
}

// --- Random numbers: Philox4x32-10 and Box-Muller ----------------------------------------------------
INLINE void multiply(U a, uint32_t b, U &high, U &low) {
    Wide factor = Wide{} + b, even = even_products((Wide)a, factor), odd = even_products((Wide)a >> 32, factor);
    const Wide upper = Wide{} + 0xffffffff00000000u;
    high = (U)((even >> 32) | (odd & upper));
    low = (U)((even & ~upper) | (odd << 32));
}

INLINE void philox(U seed, U a, U b, U c, U words[4]) {
    U d = U{}, key = seed;
    uint32_t key1 = 0;
    EACH (int round = 0; round < 10; round++) {
        U high0, low0, high1, low1;
        multiply(a, 0xD2511F53u, high0, low0);
        multiply(c, 0xCD9E8D57u, high1, low1);
        a = high1 ^ b ^ key, b = low1, c = high0 ^ d ^ key1, d = low0;
        key += 0x9E3779B9u, key1 += 0xBB67AE85u;
    }
    words[0] = a, words[1] = b, words[2] = c, words[3] = d;
}

INLINE void normals(U seed, uint32_t element, uint32_t step, uint32_t stream, V z[4]) {
    U words[4];
    philox(seed, U{} + element, U{} + step, U{} + stream, words);
    EACH (int i = 0; i < 4; i += 2) {
        V u = (__builtin_convertvector((I)(words[i] >> 8), V) + 0.5f) * 0x1p-24f;
        V w = __builtin_convertvector((I)(words[i + 1] >> 8), V) * 0x1p-24f;
        V radius = root(-2.f * log(u)), sine, cosine;
        turn(w, sine, cosine);
        z[i] = radius * cosine, z[i + 1] = radius * sine;
    }
}

// --- The networks: generator 2-2, discriminator 2-5-3-1 with tanh -----------------------------------
constexpr int batch = 8, rows = 1000, epochs = 20, in = 2, first = 5, second = 3;
constexpr float lr_d = 0.05f, lr_g = 0.005f;
enum : uint32_t { data_stream, weight_stream, noise_stream };

struct Generator { V w[2][2], b[2]; };
struct Discriminator { V w1[first][in], b1[first], w2[second][first], b2[second], w3[second], b3; };
template <class Network> struct Trained { Network p, m, v; float power1 = 1, power2 = 1; };

// All rows pass a layer before the first passes the next: they do not wait for each other, so the processor computes several at a time.
template <int rows> struct Batch { V x[rows][in], h[rows][first], k[rows][second], delta[rows], q[rows][second], r[rows][first]; };

template <int rows> INLINE void forward(const Discriminator &d, Batch<rows> &b) {
    for (int row = 0; row < rows; row++)
        EACH (int i = 0; i < first; i++) b.h[row][i] = tanh(d.w1[i][0] * b.x[row][0] + (d.w1[i][1] * b.x[row][1] + d.b1[i]));
    for (int row = 0; row < rows; row++)
        EACH (int i = 0; i < second; i++) {
            V sum = d.b2[i];
            EACH (int j = 0; j < first; j++) sum += d.w2[i][j] * b.h[row][j];
            b.k[row][i] = tanh(sum);
        }
}

INLINE V logit(const Discriminator &d, const V k[second]) {
    V sum = d.b3;
    EACH (int i = 0; i < second; i++) sum += d.w3[i] * k[i];
    return sum;
}

// The deltas of both hidden layers, from the loss's derivative by the logit.
template <int rows> INLINE void backward(const Discriminator &d, Batch<rows> &b) {
    for (int row = 0; row < rows; row++) {
        V *q = b.q[row], *r = b.r[row];
        EACH (int i = 0; i < second; i++) q[i] = b.delta[row] * d.w3[i] * (1.f - b.k[row][i] * b.k[row][i]);
        EACH (int j = 0; j < first; j++) {
            V sum = q[0] * d.w2[0][j];
            EACH (int i = 1; i < second; i++) sum += q[i] * d.w2[i][j];
            r[j] = sum * (1.f - b.h[row][j] * b.h[row][j]);
        }
    }
}

// Sums that stay in registers while the rows pass: those of the first layer, then the others.
template <int rows> INLINE Discriminator gradient(const Batch<rows> &b) {
    Discriminator g{};
    for (int row = 0; row < rows; row++)
        EACH (int i = 0; i < first; i++) {
            g.b1[i] += b.r[row][i];
            EACH (int j = 0; j < in; j++) g.w1[i][j] += b.r[row][i] * b.x[row][j];
        }
    for (int row = 0; row < rows; row++) {
        g.b3 += b.delta[row];
        EACH (int i = 0; i < second; i++) {
            g.w3[i] += b.delta[row] * b.k[row][i];
            g.b2[i] += b.q[row][i];
            EACH (int j = 0; j < first; j++) g.w2[i][j] += b.q[row][i] * b.h[row][j];
        }
    }
    return g;
}

template <class Network> INLINE void adam(Trained<Network> &t, const Network &gradient, float lr) {
    t.power1 *= 0.9f, t.power2 *= 0.999f;
    float unbias = std::sqrt(1 - t.power2), rate = lr * unbias / (1 - t.power1), eps = 1e-8f * unbias;
    V *p = (V *)&t.p, *m = (V *)&t.m, *v = (V *)&t.v;
    const V *g = (const V *)&gradient;
    EACH (size_t i = 0; i < sizeof(Network) / sizeof(V); i++) {
        m[i] = 0.9f * m[i] + 0.1f * g[i];
        v[i] = 0.999f * v[i] + 0.001f * (g[i] * g[i]);
        p[i] -= rate * m[i] / (root(v[i]) + eps);
    }
}

// Sixteen (or eight) GANs, each of its own seed, on the same data.
struct Members {
    Trained<Generator> g{};
    Trained<Discriminator> d{};
    U seeds;
    uint32_t step = 0;

    explicit Members(uint32_t seed) {
        for (int i = 0; i < lanes; i++) seeds[i] = seed + i;
        uint32_t element = 0;
        auto draw = [&] { V z[4]; normals(seeds, element++, 0, weight_stream, z); return 0.02f * z[0]; };
        for (auto &row : g.p.w) for (V &w : row) w = draw();
        for (auto &row : d.p.w1) for (V &w : row) w = draw();
        for (auto &row : d.p.w2) for (V &w : row) w = draw();
        for (V &w : d.p.w3) w = draw();
    }

    __attribute__((noinline)) void train_epoch(const float *data) {
        for (int i = 0; i < rows / batch; i++) train_step(data + i * batch * in);
    }

  private:
    INLINE void fake_row(const Generator &g, const V z[2], V x[in]) {
        EACH (int i = 0; i < in; i++) x[i] = g.w[i][0] * z[0] + (g.w[i][1] * z[1] + g.b[i]);
    }

    inline __attribute__((always_inline)) void train_step(const float *data) {
        V z[batch][2];
        for (int i = 0; i < batch / 2; i++) normals(seeds, i, step, noise_stream, z[2 * i]);
        step++;
        Batch<2 * batch> all_rows;
        for (int row = 0; row < batch; row++) {
            EACH (int i = 0; i < in; i++) all_rows.x[row][i] = all(data[2 * row + i]);
            fake_row(g.p, z[row], all_rows.x[batch + row]);
        }
        forward(d.p, all_rows);
        for (int row = 0; row < 2 * batch; row++)
            all_rows.delta[row] = (sigmoid(logit(d.p, all_rows.k[row])) - (row < batch ? 1.f : 0.f)) * (0.5f / batch);
        backward(d.p, all_rows);
        adam(d, gradient(all_rows), lr_d);

        Batch<batch> fakes;
        for (int row = 0; row < batch; row++) fake_row(g.p, z[row], fakes.x[row]);
        forward(d.p, fakes);
        for (int row = 0; row < batch; row++) fakes.delta[row] = (sigmoid(logit(d.p, fakes.k[row])) - 1.f) * (1.f / batch);
        backward(d.p, fakes);
        Generator of_g{};
        for (int row = 0; row < batch; row++)
            EACH (int i = 0; i < in; i++) {
                V y = fakes.r[row][0] * d.p.w1[0][i];
                EACH (int j = 1; j < first; j++) y += fakes.r[row][j] * d.p.w1[j][i];
                of_g.b[i] += y;
                EACH (int j = 0; j < 2; j++) of_g.w[i][j] += y * z[row][j];
            }
        adam(g, of_g, lr_g);
    }
};

// x = z A + b with A = (1, 2; -0.1, 0.5) and b = (1, 2).
static std::vector<float> chapter_data(uint32_t seed) {
    std::vector<float> data;
    for (uint32_t row = 0; row < rows; row++) {
        V z[4];
        normals(U{} + seed, row, 0, data_stream, z);
        float a = z[0][0], b = z[1][0];
        data.push_back(a - 0.1f * b + 1);
        data.push_back(2 * a + 0.5f * b + 2);
    }
    return data;
}

// Is the generator's distribution the chapter's? By the Kullback-Leibler divergence of the Gaussians, as in GpuGan's verdict.
static int converged(const Generator &g) {
    int count = 0;
    for (int i = 0; i < lanes; i++) {
        double a = g.w[0][0][i], b = g.w[0][1][i], c = g.w[1][0][i], d = g.w[1][1][i];
        double xx = a * a + b * b, xy = a * c + b * d, yy = c * c + d * d, x = g.b[0][i] - 1.0, y = g.b[1][i] - 2.0;
        double det = 1.01 * 4.25 - 1.95 * 1.95, own = (a * d - b * c) * (a * d - b * c);
        double trace = (4.25 * xx - 2 * 1.95 * xy + 1.01 * yy) / det, shift = (4.25 * x * x - 2 * 1.95 * x * y + 1.01 * y * y) / det;
        count += (trace + shift - 2 - std::log(own / det)) / 2 <= 0.2;
    }
    return count;
}

static double now(clockid_t clock) {
    timespec t;
    clock_gettime(clock, &t);
    return t.tv_sec + 1e-9 * t.tv_nsec;
}

int main(int count, char **arguments) {
    int population = count > 1 ? std::atoi(arguments[1]) : 4096, threads = count > 3 ? std::atoi(arguments[3]) : 1;
    double seconds = count > 2 ? std::atof(arguments[2]) : 2;
    if (count > 4 || population < lanes || threads < 1 || !(seconds > 0)) {
        std::fprintf(stderr, "usage: floor [POPULATION (at least %d) [SECONDS [THREADS]]]\n", lanes);
        return 2;
    }

    // How many learn it? That depends on the data as well (0.4 to 0.8), so each vector of GANs has data of its own here.
    constexpr int sample = 2048;
    int good = 0;
    for (int seed = 0; seed < sample; seed += lanes) {
        const std::vector<float> data = chapter_data(seed);
        Members members(seed);
        for (int epoch = 0; epoch < epochs; epoch++) members.train_epoch(data.data());
        good += converged(members.g.p);
    }

    const std::vector<float> data = chapter_data(0);

    // Each thread trains its share of the population, vector by vector, over and over until the time is up.
    std::vector<long> trained(threads);
    std::vector<std::thread> workers;
    double wall = now(CLOCK_MONOTONIC), cpu = now(CLOCK_PROCESS_CPUTIME_ID), end = wall + seconds;
    for (int t = 0; t < threads; t++)
        workers.emplace_back([&, t] {
            long done = 0;
            while (now(CLOCK_MONOTONIC) < end)
                for (int seed = t * lanes; seed + lanes <= population && now(CLOCK_MONOTONIC) < end; seed += threads * lanes) {
                    Members members(seed);
                    for (int epoch = 0; epoch < epochs; epoch++) members.train_epoch(data.data()), done += rows / batch;
                }
            trained[t] = done * lanes;
        });
    long steps = 0;
    for (int t = 0; t < threads; t++) workers[t].join(), steps += trained[t];
    wall = now(CLOCK_MONOTONIC) - wall, cpu = now(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    std::printf("{\"program\":\"floor\",\"population\":%d,\"threads\":%d,\"lanes\":%d,\"gan_steps_per_second\":%.4g,"
                "\"gan_steps_per_cpu_second\":%.4g,\"converged_share\":%.3f}\n",
                population, threads, lanes, steps / wall, steps / cpu, good / double(sample));
}
