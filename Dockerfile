# gpugan with the .NET runtime in it, on Debian 13:
#
#   dotnet publish src/GpuGan.Runner -c Release -r linux-x64 --self-contained -o publish
#   docker build -t gpugan .
#   docker run --rm -v "$PWD:/work" gpugan --out run
#
# With an NVIDIA GPU and its container toolkit, add --gpus all.
FROM debian:trixie-slim

# What .NET needs (libstdc++6, libssl3t64), and what ILGPU needs to find OpenCL devices: the loader under its plain name.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libssl3t64 libstdc++6 ocl-icd-libopencl1 \
    && rm -rf /var/lib/apt/lists/* \
    && ln -s libOpenCL.so.1 "$(dirname "$(find /usr/lib -name libOpenCL.so.1)")/libOpenCL.so" \
    && mkdir -p /etc/OpenCL/vendors \
    && echo libnvidia-opencl.so.1 > /etc/OpenCL/vendors/nvidia.icd

# The container toolkit mounts the drivers that these ask for: CUDA and OpenCL.
ENV NVIDIA_VISIBLE_DEVICES=all NVIDIA_DRIVER_CAPABILITIES=compute,utility

COPY publish/ /opt/gpugan/
RUN ln -s /opt/gpugan/gpugan /usr/local/bin/gpugan
WORKDIR /work
ENTRYPOINT ["gpugan"]
