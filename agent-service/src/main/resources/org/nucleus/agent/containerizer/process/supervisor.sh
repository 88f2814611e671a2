# Runs one container's command and outlives the agent that started it.
#   supervisor.sh META SANDBOX OWN_CGROUP CGROUPS COMMAND...
# The cgroup of this shell and those of the task, separated by spaces, may be empty: then they stay where they are.
# COMMAND is given one more argument, the script that becomes the task.
# Descriptors: 2 META/log, 3 where to tell that the task is about to run, 4 and 5 the task's stdout and stderr.
# Files in META, each one line that counts only once it ends in a newline:
#   supervisor   PID START        written here, or ABANDONED by an agent that gave up the launch: whoever creates it decides
#   task         PID START        before the command runs
#   exit         KIND NUMBER UPTIME, where KIND is exited or signaled
meta=$1 sandbox=$2 own_cgroup=$3 cgroups=$4
shift 4
trap '' HUP INT QUIT PIPE TERM USR1 USR2
set -C
cd /
[ -z "$own_cgroup" ] || echo 0 >|"$own_cgroup/cgroup.procs"

stat='pid comm state ppid pgrp session tty tpgid flags minflt cminflt majflt cmajflt utime stime cutime cstime prio nice
    threads interval start rest'
read -r $stat </proc/self/stat
echo "$pid $start" >"$meta/supervisor" || exit 1

# In the foreground: a background job would ignore SIGINT for ever. The shell then reports deaths by signal on descriptor 2.
(
    trap - HUP INT QUIT PIPE TERM USR1 USR2
    cd -- "$sandbox" || exit 126
    for cgroup in $cgroups; do
        echo 0 >|"$cgroup/cgroup.procs" || exit 126
    done
    exec 6<"$meta/launch" || exit 126
    read -r $stat </proc/self/stat
    echo "$pid $start" >"$meta/task" || exit 126
    echo "$pid $start" >&3
    exec "$@" /proc/self/fd/6 3>&- >&4 2>&5 4>&- 5>&-
)
status=$?

read -r pid start <"$meta/task" || exit 1
kill -s KILL -- "-$pid" 2>/dev/null
read -r uptime idle </proc/uptime
kind=exited
if [ "$status" -gt 128 ]; then
    read -r report <"$meta/log" || report=
    # Shells do not report SIGINT and SIGPIPE.
    if [ -n "$report" ] || [ "$status" = 130 ] || [ "$status" = 141 ]; then
        kind=signaled status=$((status - 128))
    fi
fi
echo "$kind $status $uptime" >"$meta/exit"
