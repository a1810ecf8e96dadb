"""A Slurm of this computer's own: munge, slurmctld and two nodes with one processor each, on loopback, in one folder.

    with SlurmCluster(folder) as cluster:
        subprocess.run(["sinfo"], env=cluster.environment)
        cluster.kill_node("n2")
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

PROGRAMS = ["munged", "slurmctld", "slurmd", "sbatch", "squeue", "scancel", "scontrol"]
NODES = ["n1", "n2"]
PATIENCE_S = 60
# No control groups, no accounting and no service manager, so that it runs in a container, too.
CONFIGURATION = """\
ClusterName=matside
SlurmctldHost={host}(127.0.0.1)
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={folder}/munge.sock
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool_%n
SlurmctldPort={controller_port}
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd_%n.pid
SlurmctldLogFile={folder}/log/slurmctld.log
SlurmdLogFile={folder}/log/%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
SlurmdTimeout=5
MessageTimeout=3
KillWait=5
SchedulerParameters=batch_sched_delay=0,bf_interval=1
MpiDefault=none
JobAcctGatherType=jobacct_gather/none
NodeName=n1 NodeHostname={host} NodeAddr=127.0.0.1 Port={n1_port} CPUs=1 RealMemory=500
NodeName=n2 NodeHostname={host} NodeAddr=127.0.0.1 Port={n2_port} CPUs=1 RealMemory=500
PartitionName=p Nodes=n1,n2 Default=YES MaxTime=60 State=UP
"""


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def wait_until(reached, what, patience_s=PATIENCE_S):
    end = time.monotonic() + patience_s
    while not reached():
        if time.monotonic() > end:
            raise TimeoutError(f"waited {patience_s} s for {what}")
        time.sleep(0.05)


def processes():
    """(process, parent, environment) of every process that may be looked at."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
                yield int(entry.name), int(stat.rpartition(")")[2].split()[1]), (entry / "environ").read_bytes()
            except OSError:
                continue


def open_files(process):
    try:
        return [os.readlink(descriptor) for descriptor in Path(f"/proc/{process}/fd").iterdir()]
    except OSError:
        return []


def send_all(some, how):
    for process in some:
        try:
            os.kill(process, how)
        except ProcessLookupError:
            pass


class SlurmCluster:
    def __init__(self, folder):
        self.folder = Path(folder)
        # The system programs of Debian are where only root's PATH leads.
        self.path = os.environ["PATH"] + ":/usr/sbin:/sbin"
        self.environment = {**os.environ, "PATH": self.path, "SLURM_CONF": str(self.folder / "slurm.conf")}

    def __enter__(self):
        missing = [name for name in PROGRAMS if shutil.which(name, path=self.path) is None]
        assert not missing, f"{', '.join(missing)} missing: install the packages of [slurm] in tools/packages.txt"
        for name in ("state", "log", *(f"spool_{node}" for node in NODES)):
            (self.folder / name).mkdir(parents=True)
        self.folder.chmod(0o755)
        ports = free_ports(3)
        (self.folder / "slurm.conf").write_text(CONFIGURATION.format(
            folder=self.folder, host=socket.gethostname().split(".")[0], user=pwd.getpwuid(os.getuid()).pw_name,
            controller_port=ports[0], n1_port=ports[1], n2_port=ports[2]))
        key = self.folder / "munge.key"
        key.write_bytes(os.urandom(1024))
        key.chmod(0o600)
        try:
            self.run("munged", f"--key-file={key}", f"--socket={self.folder}/munge.sock", "--force",
                     f"--pid-file={self.folder}/munged.pid", f"--log-file={self.folder}/log/munged.log",
                     f"--seed-file={self.folder}/munge.seed")
            self.run("slurmctld")
            for node in NODES:
                self.start_node(node)
            wait_until(self.is_idle, "two nodes")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        subprocess.run(["scancel", "--user", pwd.getpwuid(os.getuid()).pw_name], env=self.environment, check=False,
                       capture_output=True, timeout=PATIENCE_S)
        for name in (*(f"slurmd_{node}" for node in NODES), "slurmctld", "munged"):
            self.end(name, signal.SIGTERM)
        send_all([process for process, _, environment in processes()
                  if f"SLURM_CONF={self.folder}/".encode() in environment and process != os.getpid()], signal.SIGKILL)

    def run(self, *command):
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=PATIENCE_S,
                              check=False)
        if done.returncode != 0:
            logs = "".join(log.read_text()[-2000:] for log in sorted((self.folder / "log").iterdir()))
            raise RuntimeError(f"{command[0]} failed: {done.stderr}\n{logs}")
        return done

    def is_idle(self):
        """Whether both nodes are ready and do nothing."""
        return self.run("sinfo", "--noheader", "--format=%T %D").stdout.strip() == "idle 2"

    def start_node(self, node):
        self.run("slurmd", "-N", node)

    def end(self, name, how):
        """Ends a daemon by its PID file, if it runs."""
        try:
            os.kill(int((self.folder / f"{name}.pid").read_text()), how)
        except (OSError, ValueError):
            pass

    def tasks(self, node=None):
        """The array tasks at work, such as 12_3."""
        where = [f"--nodelist={node}"] if node else []
        return self.run("squeue", "--noheader", "--states=RUNNING", "--array", "--format=%i", *where).stdout.split()

    def node_processes(self, node):
        """Everything on a node: the daemons, which write its log, and what they started."""
        log = str(self.folder / "log" / f"{node}.log")
        parents, found = {}, set()
        for process, parent, environment in processes():
            parents[process] = parent
            if f"SLURMD_NODENAME={node}\0".encode() in environment or log in open_files(process):
                found.add(process)
        for process in parents:
            above = process
            while above in parents and above not in found:
                above = parents[above]
            if above in found:
                found.add(process)
        return found

    def freeze_node(self, node):
        """As a computer that loses its network: Slurm gives it up, but it hasn't ended. Returns its processes."""
        frozen = self.node_processes(node)
        send_all(frozen, signal.SIGSTOP)
        return frozen

    def kill_node(self, node):
        """As a power cut: the daemons and their children, all at once."""
        send_all(self.freeze_node(node), signal.SIGKILL)
