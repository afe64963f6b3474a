#!/usr/bin/env bash
# Runs a sweep as an array on a real Slurm, kills a node under it, and compares the result. See --help.
set -euo pipefail

self=$(readlink -f "$0")
repository=$(dirname "$(dirname "$self")")
root=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/gpugan/slurm-root
install=--install cluster=--cluster     # how this script calls itself again, in the folder
packages='slurmctld slurmd slurm-client iproute2'
stamp=/etc/gpugan-slurm-root            # there; says what is installed

usage() {
    cat <<'HELP'
usage: eng/slurm-check.sh

Starts Debian 13's Slurm - slurmctld and two nodes - inside a root folder that eng/opencl-root.sh
makes, in namespaces of its own: no daemon, port or process of it is seen by the machine, and all
of them end with this script. It submits deploy/slurm/sweep.sbatch as an array of 8 shards, kills
one node while it works, waits until its task was requeued and all are done, merges the shards, and
compares the result with that of one machine, byte by byte. Then it loses what two of the tasks have
done, and submits these two alone. Then three tasks sweep over a file, each with a copy of it in a
folder of its own; a node is killed under them too. Takes two minutes, the first time two more.

The folder is ${XDG_CACHE_HOME:-$HOME/.cache}/gpugan/slurm-root (0.7 GB) and may be deleted at any time.

Exits with 0 when the bytes are equal. Needs root and the right to make namespaces; without them it
exits with 77, "skipped".
HELP
}

say()  { echo "slurm-check: $*" >&2; }
fail() { say "$*"; exit 1; }
skip() { say "skipped: $*"; exit 77; }

# --- Outside: the folder, the program, the namespaces ------------------------------------------
outside() {
    [ "$(id -u)" = 0 ] || skip 'needs root'
    unshare --mount --net --pid --fork true 2>/dev/null || skip 'may not make namespaces here'
    local root_sh=$repository/eng/opencl-root.sh
    "$root_sh" --root "$root" /gpugan/eng/slurm-check.sh "$install"
    dotnet build -c Release --nologo -v quiet "$repository/src/GpuGan.Runner" >&2

    # The first process of a PID namespace takes all others with it, however it ends.
    exec unshare --mount --net --uts --pid --fork --kill-child=KILL \
        "$root_sh" --root "$root" /gpugan/eng/slurm-check.sh "$cluster"
}

# --- In the folder: Slurm, once -----------------------------------------------------------------
install_slurm() {
    [ "$(cat "$stamp" 2>/dev/null)" != "$packages" ] || return 0
    say "installing $packages"
    local log=/var/log/gpugan-slurm-root.log
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086
    { apt-get update && apt-get install -y --no-install-recommends $packages && apt-get clean; } </dev/null >"$log" 2>&1 ||
        fail "apt-get failed, see $root$log: $(grep '^E:' "$log" | tail -n 1)"
    echo "$packages" >"$stamp"
}

# --- In the folder and the namespaces: the cluster ----------------------------------------------
work=/tmp/slurm                         # /tmp is empty and goes away
sweep=(--lr-d .005,.05 --lr-g .005,.05 --seeds 2048 --epochs 40 --rows 500 --device cpu --csv)
points=(--lr-d .005,.05 --seeds 2048 --epochs 40 --device cpu --csv)
declare -A node_process

configure() {
    hostname localhost
    ip link set lo up
    ip address add 192.0.2.1/32 dev lo  # Slurm asks for a wildcard address, which glibc makes only where one is not loopback
    mount -t proc proc /proc            # of this PID namespace
    mkdir -p "$work"/{state,spool.n1,spool.n2,bin} /etc/slurm /run/slurm
    dd if=/dev/urandom of=/etc/slurm/slurm.key bs=1024 count=1 status=none
    chmod 600 /etc/slurm/slurm.key
    echo 'CgroupPlugin=disabled' >/etc/slurm/cgroup.conf
    cat >/etc/slurm/slurm.conf <<CONF
ClusterName=gpugan
SlurmctldHost=localhost(127.0.0.1)
SlurmUser=root
AuthType=auth/slurm
CredType=auth/slurm
# A job whose node died begins again after this many seconds and one.
AuthInfo=cred_expire=5
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool.%n
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.%n.pid
SlurmctldLogFile=$work/slurmctld.log
SlurmdLogFile=$work/slurmd.%n.log
SlurmdTimeout=10
ReturnToService=2
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
MpiDefault=none
NodeName=n1 NodeHostname=localhost NodeAddr=127.0.0.1 Port=17001 CPUs=1
NodeName=n2 NodeHostname=localhost NodeAddr=127.0.0.1 Port=17002 CPUs=1
PartitionName=all Nodes=n1,n2 Default=YES MaxTime=1:00:00 State=UP
CONF
    printf '#!/bin/sh\nexec dotnet /gpugan/src/GpuGan.Runner/bin/Release/net10.0/gpugan.dll "$@"\n' >"$work/bin/gpugan"
    chmod +x "$work/bin/gpugan"
    export PATH=$work/bin:$PATH
}

# A node is a PID namespace: killing its first process kills daemon and jobs at once, as pulling its plug would. Each has a
# /run/slurm of its own: two that start at the same moment cannot both bind the socket that slurmd has there.
start_node() {
    unshare --pid --fork --mount-proc --propagation unchanged --kill-child=KILL \
        sh -c 'mount -t tmpfs tmpfs /run/slurm && exec slurmd -D -N "$1"' sh "$1" >"$work/$1.out" 2>&1 &
    node_process[$1]=$!
}

kill_node() {
    kill -KILL "${node_process[$1]}"
    wait "${node_process[$1]}" 2>/dev/null || true
}

# Waits until a command succeeds: its description, its limit in seconds, the command.
wait_until() {
    local what=$1 limit=$2 start=$SECONDS
    shift 2
    until "$@" 2>/dev/null; do
        if [ $((SECONDS - start)) -ge "$limit" ]; then
            { sinfo; squeue; tail -n 20 "$work"/*.log "$work"/*.out; } >&2 || true
            fail "$what: not within $limit s"
        fi
        sleep 0.2
    done
}

nodes_idle()   { [ "$(sinfo -h -t idle -N -o %N | sort -u | wc -l)" = 2 ]; }
task_on()      { task=$(squeue -h -t running -w "$1" -o %A | head -n 1); [ -n "$task" ]; }
has_chunks()   { [ "$(find "$1/chunks" -name '*.chunk' 2>/dev/null | wc -l)" -ge "$2" ]; }
requeued()     { scontrol show job "$1" | grep -q 'Restarts=1 '; }
array_done()   { [ -z "$(squeue -h)" ]; }
shard_of()     { od -An -tu4 -j40 -N4 "$1" | tr -d ' '; }    # after the format's eight letters and the hash

# Kills n2 while it works on a task of a job, after so many chunks in a folder, and waits until all tasks are done.
kill_and_wait() {
    local job=$1 folder=$2 chunks=$3
    wait_until 'some chunks' 120 has_chunks "$folder" "$chunks"
    wait_until 'a task on n2' 120 task_on n2
    say "killing n2, which works on task $(squeue -h -j "$task" -t running -w n2 -o %K) of job $job, after $(find "$folder/chunks" -name '*.chunk' | wc -l) chunks"
    kill_node n2
    wait_until 'the requeue of its task' 90 requeued "$task"
    start_node n2
    wait_until 'the end of all tasks' 300 array_done
}

# Merges a folder's shards and compares the result with one machine's.
compare() {
    local folder=$1 one=$2
    rm -rf merged
    gpugan merge "$folder" --out merged --csv >merged.log || fail "merge: $(cat merged.log) $(cat gpugan-*.log)"
    for file in members.parquet members.csv summary.json; do
        cmp "$one/$file" "merged/$file" || fail "$file is another than that of one machine"
    done
    said="$(tail -n +2 merged/members.csv | wc -l) members, equal to one machine's in $(stat -c %s merged/members.parquet) bytes"
}

run_cluster() {
    configure
    cd "$work"
    gpugan sweep "${sweep[@]}" --quiet --out one >one.log || fail "the sweep on one machine: $(cat one.log)"
    awk -v OFS=, 'BEGIN { srand(1); for (i = 0; i < 500; i++) print rand() + rand(), 3 * rand() }' >points.csv
    gpugan sweep "${points[@]}" --data points.csv --quiet --out onefile >onefile.log || fail "the sweep over a file: $(cat onefile.log)"

    slurmctld -D >slurmctld.out 2>&1 &
    start_node n1
    start_node n2
    wait_until 'both nodes' 60 nodes_idle
    say "$(sinfo -h -N -o '%N %t' | paste -sd, )"

    local job chunk
    job=$(sbatch --parsable --array=1-8 /gpugan/deploy/slurm/sweep.sbatch "${sweep[@]}" --chunk 64 --shards 8 --out shards)
    kill_and_wait "$job" shards 20
    compare shards one
    echo "slurm-check: 8 shards on 2 nodes, one killed and its task requeued: $said"

    for chunk in shards/chunks/*.chunk; do
        case $(shard_of "$chunk") in 3|5) rm "$chunk" ;; esac
    done
    job=$(sbatch --parsable --array=3,5 /gpugan/deploy/slurm/sweep.sbatch "${sweep[@]}" --chunk 64 --shards 8 --out shards)
    wait_until 'the end of the two tasks' 120 array_done
    grep -q '^shard *3/8' "gpugan-sweep-${job}_3.log" && grep -q '^shard *5/8' "gpugan-sweep-${job}_5.log" ||
        fail "the two tasks did other parts: $(cat "gpugan-sweep-${job}"_*.log)"
    compare shards one
    echo "slurm-check: tasks 3 and 5 of 8 submitted again alone: $said"

    # A task that is requeued has another folder, so another path, than before.
    cat >copies.sbatch <<'BATCH'
#!/bin/bash
scratch=$(mktemp -d)
cp points.csv "$scratch/copy.csv"
exec bash /gpugan/deploy/slurm/sweep.sbatch --data "$scratch/copy.csv" "$@"
BATCH
    job=$(sbatch --parsable --array=1-3 --requeue --open-mode=append --output=gpugan-copies-%A_%a.log copies.sbatch "${points[@]}" --chunk 64 --out copies)
    kill_and_wait "$job" copies 10
    compare copies onefile
    echo "slurm-check: 3 tasks, each with a copy of the data of its own, one killed and requeued: $said"
}

case ${1-} in
    '')         outside ;;
    "$install") install_slurm ;;
    "$cluster") run_cluster ;;
    --help|-h)  usage ;;
    *)          say "unknown argument $1, see --help"; exit 2 ;;
esac
