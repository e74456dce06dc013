#!/usr/bin/env python3
"""Measures whole commands of twin, and of its peers, against a floor taken in the same run, and prints Markdown.

  cargo build --release && benches/compare.py [--size world]... [--peers] [--check]

Each round runs a job and the floor one right after the other, as cold processes with the files in the page cache;
a figure is the median over the rounds of job / floor: CPU time (user + system, children included) and wall time.
The floor is `grep -c` over the two large tables, for the small registries /bin/true. Output goes to a file: GNU grep
stops at the first match when it sees /dev/null. Peak memory is told as a multiple of the files that a job reads;
a peak below this script's own memory cannot be seen. Standard library only.
"""
import argparse, json, os, re, shlex, shutil, subprocess, sys, tempfile, time
from collections import Counter, namedtuple

sys.dont_write_bytecode = True
import peers

BENCHES = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(os.path.dirname(BENCHES), "data")
SMALL = ("finland", "shipped")
GOALS_FOR = ("world", "shipped")
PEAK_GOAL = 3
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("TWIN_")}
ENVIRONMENT["LC_ALL"] = "C.UTF-8"

# What is asked, of whom, by which command; what it reads, below the working folder; how many times the floor it may
# cost; where it runs, and the file it writes; the folder it edits, a fresh copy of what it reads; a floor of its own.
Job = namedtuple("Job", "name who command reads goal cwd writes edits floor", defaults=(None, ".", None, None, None))


def run(command, cwd="."):
    """Runs a command and returns its exit status, CPU seconds, wall seconds, and peak memory in bytes."""
    work, new = os.getcwd(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    files = [(os.POSIX_SPAWN_OPEN, 0, "/dev/null", os.O_RDONLY, 0),
             (os.POSIX_SPAWN_OPEN, 1, work + "/last.out", new, 0o644),
             (os.POSIX_SPAWN_OPEN, 2, work + "/last.err", new, 0o644)]
    os.chdir(cwd)
    start = time.perf_counter()
    child = os.posix_spawnp(command[0], command, ENVIRONMENT, file_actions=files)
    _, status, used = os.wait4(child, 0)
    wall = time.perf_counter() - start
    os.chdir(work)
    return os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, wall, used.ru_maxrss * 1024


def once(job, command=None):
    """Runs a job, or its floor, on what it finds."""
    if job.writes and os.path.exists(job.writes):
        os.remove(job.writes)
    if job.edits:
        shutil.rmtree(job.edits, ignore_errors=True)
        shutil.copytree(job.reads, job.edits)
    return run(command or job.command, job.cwd)


def median(figures):
    return sorted(figures)[len(figures) // 2]


def measure(job, floor, rounds):
    """Runs a job and the floor in pairs; returns the median ratios of CPU and wall time, the peak, the floor's CPU."""
    status, *_ = once(job)  # warms the page cache
    if status != 0:
        with open("last.err", errors="replace") as errors:
            raise RuntimeError(f"exit {status}: {(errors.read().strip() or 'no word').splitlines()[-1]}")
    pairs = []
    for turn in range(rounds):
        if turn % 2:
            mine, base = once(job), once(job, floor)
        else:
            base, mine = once(job, floor), once(job)
        pairs.append((mine, base))
    cpu, wall = (median([mine[i] / base[i] for mine, base in pairs]) for i in (1, 2))
    return cpu, wall, max(mine[3] for mine, _ in pairs), median([base[1] for _, base in pairs])


def make(size):
    """Lays a registry of a size into the working folder, unless it is there, and returns its busiest place."""
    if size == "shipped":
        shutil.copytree(DATA, size, dirs_exist_ok=True)
        return "fi-kuopio"
    meta = os.path.join(size, "meta.json")  # written last
    if not os.path.exists(meta):
        generate = [sys.executable, os.path.join(BENCHES, "gen.py"), "--size", size, size]
        subprocess.run(generate, check=True, stdout=subprocess.DEVNULL)
    with open(meta) as file:
        return json.load(file)["hub"]


def bytes_of(path):
    """Returns the size of a file, or of the tables in a folder."""
    if not os.path.isdir(path):
        return os.path.getsize(path)
    return sum(entry.stat().st_size for entry in os.scandir(path) if entry.name.endswith(".csv"))


def differences(before, after):
    """Tells how many lines of each table are gone and how many are new."""
    told = []
    for name in sorted(entry for entry in os.listdir(after) if entry.endswith(".csv")):
        with open(os.path.join(before, name), "rb") as one, open(os.path.join(after, name), "rb") as other:
            gone, new = (Counter(file.read().splitlines()) for file in (one, other))
        if gone != new:
            told.append(f"{name}: {(gone - new).total()} gone, {(new - gone).total()} new")
    return "; ".join(told) + "."


def our_jobs(twin, size, hub, elsewhere):
    """Returns our jobs; the JSON form is written before it is read."""
    ask = lambda name, goal, *words: Job(name, "twin", [twin, "--registry", size, *words], size, goal)
    if size == "shipped":
        return [Job("list, built in", "twin", [twin, "list", "Kuopio"], size, 4, cwd=elsewhere),
                ask("list", 4, "list", "Kuopio")]
    form = size + ".json"
    # An edit is held against reading and copying the two large tables.
    def copying(of):
        tables = shlex.join([of + "/municipalities.csv", of + "/partnerships.csv"])
        return ["sh", "-c", f"grep -c ,active, {tables}; exec cp {tables} copied"]
    os.makedirs("copied", exist_ok=True)
    suspend = ["suspend", "--country", "RU", "--on", "2022-03-01"]
    return [
        ask("load", 3, "sources"),
        ask("a1", 3, "list", "fi-kuopio"),
        ask("a1-name", 3, "list", "Kuopio"),
        ask("a2", 3, "list", hub),
        ask("b", 3, "list", "--country", "RU", "--status", "active"),
        ask("d", 3, "stats", "--by", "country", "--all"),
        ask("f", 3, "check", "--rule", "dangling-reference,duplicate-pair,self-pair"),
        ask("check", 8, "check"),
        ask("check, places apart", 8, "check", "--skip", "coordinates"),
        Job("c, dry run", "twin", [twin, "--registry", size, *suspend, "--dry-run"], size, 4, floor=copying(size)),
        Job("c", "twin", [twin, "--registry", "edited", *suspend, "--yes"], size, 4, edits="edited",
            floor=copying("edited")),
        Job("e", "twin", [twin, "convert", size, form], size, 8, writes=form),
        Job("json-a1", "twin", [twin, "--registry", form, "list", "fi-kuopio"], form, 8),
    ]


def shown(command, names):
    """Returns a command as one would type it."""
    def quoted(word):
        return shlex.quote(word) if "'" not in word else '"' + re.sub(r'([\\"$`])', r"\\\1", word) + '"'
    return " ".join([names.get(command[0], command[0]), *map(quoted, command[1:])])


def compare(size, options, elsewhere):
    """Measures one size, prints its table and its commands, and returns the goals that were missed."""
    hub = make(size)
    counted = [size + "/municipalities.csv", size + "/partnerships.csv"]
    floor = ["/bin/true"] if size in SMALL else ["grep", "-c", ",active,", *counted]
    jobs, missing = our_jobs(options.twin, size, hub, elsewhere), []
    if options.peers and size != "shipped":
        for who, installed, commands in peers.commands(size):
            if not installed:
                missing.append(who)
                continue
            reads = size + ".json" if "JSON" in who else size
            jobs += [Job(name, who, command, reads) for name, command in commands.items()]
    hidden = run(["/bin/true"])[3]
    missed, rows, floors = [], [], []
    for job in jobs:
        try:
            cpu, wall, peak, base = measure(job, job.floor or floor, options.rounds)
        except (OSError, RuntimeError) as error:
            rows.append(f"| {job.name} | {job.who} | | | | {error} |")
            if job.who == "twin":
                missed.append(f"{size}, {job.name}: {error}")
            continue
        if not job.floor:
            floors.append(base)
        times = peak / bytes_of(job.reads)
        memory = f"< {hidden / 1e6:.0f} MB" if peak <= hidden * 1.05 else f"{times:.1f} × ({peak / 1e6:.0f} MB)"
        goal = f"≤ {job.goal}" if job.goal and size in GOALS_FOR else ""
        if goal and cpu > job.goal:
            missed.append(f"{size}, {job.name}: {cpu:.2f} × the floor, the goal is {goal}")
        if goal and size not in SMALL and times > PEAK_GOAL:
            missed.append(f"{size}, {job.name}: a peak of {times:.1f} × the files, the goal is ≤ {PEAK_GOAL}")
        rows.append(f"| {job.name} | {job.who} | {cpu:.2f} | {wall:.2f} | {memory} | {goal} |")

    base = f", {median(floors) * 1e3:.1f} ms of CPU" if floors else ""
    print(f"## {size}: {bytes_of(size) / 1e6:.1f} MB of tables\n")
    print(f"{options.rounds} rounds; floor `{shlex.join(floor)}`{base}\n")
    print("| job | who | CPU | wall | peak | goal (CPU) |\n| --- | --- | ---: | ---: | ---: | --- |", *rows, sep="\n")
    # Last, for it takes memory that would be taken for a job's.
    for job in (job for job in jobs if job.edits):
        print(f"\nAn edit is held against `grep -c` and `cp` of the two large tables. Lines that `{job.name}` changed:",
              differences(job.reads, job.edits))
    if missing:
        print(f"\nNot installed, left out: {', '.join(missing)}.")
    names = {options.twin: "twin", sys.executable: "python3"}
    listed = (f"# {job.name}, {job.who}\n{shown(job.command, names)}" for job in jobs)
    print("\n```sh", *listed, "```\n", sep="\n", flush=True)
    return missed


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", action="append", choices=("finland", "planet", "world", "x10", "x100", "shipped"),
                        help="repeatable; shipped is the repository's data/; without it: world and shipped")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--twin", default=os.path.join(os.path.dirname(BENCHES), "target", "release", "twin"))
    parser.add_argument("--work", help="keeps the generated registries here for the next time")
    parser.add_argument("--peers", action="store_true", help="also measures the peers that are installed")
    parser.add_argument("--check", action="store_true", help="exits with 1 where a goal is missed")
    options = parser.parse_args()
    options.twin = os.path.abspath(options.twin)
    if not os.access(options.twin, os.X_OK):
        parser.error(f"no program at {options.twin}: cargo build --release")
    with tempfile.TemporaryDirectory() as own, tempfile.TemporaryDirectory() as elsewhere:
        os.makedirs(options.work or own, exist_ok=True)
        os.chdir(options.work or own)
        missed = [goal for size in options.size or GOALS_FOR for goal in compare(size, options, elsewhere)]
        os.chdir(BENCHES)  # out of what is removed now
    for goal in missed:
        print("missed:", goal, file=sys.stderr)
    sys.exit(1 if options.check and missed else 0)


main()
