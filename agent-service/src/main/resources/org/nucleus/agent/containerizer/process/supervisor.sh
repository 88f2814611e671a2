# Runs one container's command and outlives the agent that started it.
#   supervisor.sh META SANDBOX OWN_CGROUP CGROUPS NAMESPACE OOM_SCORE [COMMAND...]
# It starts in the directory META, whose path may lead nowhere in the container's mount namespace.
# The cgroup of this shell and those of the task, separated by spaces, may be empty: then they stay where they are.
# NAMESPACE is machine (processes as everywhere), own (this shell is the first of a pid namespace) or joined (of another's).
# OOM_SCORE may be empty. COMMAND is given one more argument, the script that becomes the task; without COMMAND, that
# script goes on in this shell's child.
# Descriptors: 2 META/log, 3 where to tell that the task is about to run, 4 and 5 the task's stdout and stderr, 7 the
# machine's /proc, 8 (for own) where the word comes from that /proc is the namespace's; if it never comes, it is not.
# Files in META, each one line that counts only once it ends in a newline:
#   supervisor   PID START        written here, or ABANDONED by an agent that gave up the launch: whoever creates it decides
#   task         PID START        before the command runs; all pids are the machine's
#   exit         KIND NUMBER UPTIME, where KIND is exited or signaled
sandbox=$2 own_cgroup=$3 cgroups=$4 namespace=$5 oom_score=$6
shift 6
trap '' HUP INT QUIT PIPE TERM USR1 USR2
set -C
[ -z "$own_cgroup" ] || echo 0 >|"$own_cgroup/cgroup.procs"

stat='pid comm state ppid pgrp session tty tpgid flags minflt cminflt majflt cmajflt utime stime cutime cstime prio nice
    threads interval start rest'
read -r $stat </proc/self/fd/7/self/stat
echo "$pid $start" >supervisor || exit 1

# In the foreground: a background job would ignore SIGINT for ever. The shell then reports deaths by signal on descriptor 2.
(
    trap - HUP INT QUIT PIPE TERM USR1 USR2
    exec 6<launch 9>task || exit 126
    cd -- "$sandbox" || exit 126
    for cgroup in $cgroups; do
        echo 0 >|"$cgroup/cgroup.procs" || exit 126
    done
    [ -z "$oom_score" ] || echo "$oom_score" >|/proc/self/oom_score_adj || exit 126
    read -r $stat </proc/self/fd/7/self/stat
    echo "$pid $start" >&9 || exit 126
    echo "$pid $start" >&3
    if [ "$namespace" = own ]; then
        read -r shown <&8 || mount -t proc -o nosuid,nodev,noexec proc /proc || exit 126
    fi
    [ $# -eq 0 ] || exec "$@" /proc/self/fd/6 3>&- >&4 2>&5 4>&- 5>&- 7<&- 8<&- 9>&-
    exec 3>&- >&4 2>&5 4>&- 5>&- 7<&- 8<&- 9>&-
    . /proc/self/fd/6
)
status=$?

read -r pid start <task || exit 1
# The first of a pid namespace takes all others with it.
[ "$namespace" != machine ] || kill -s KILL -- "-$pid" 2>/dev/null
read -r uptime idle </proc/uptime
kind=exited
if [ "$status" -gt 128 ]; then
    read -r report <log || report=
    # Shells do not report SIGINT and SIGPIPE.
    if [ -n "$report" ] || [ "$status" = 130 ] || [ "$status" = 141 ]; then
        kind=signaled status=$((status - 128))
    fi
fi
echo "$kind $status $uptime" >exit
