# Keeps what a task writes in a file of bounded size and some older ones, and outlives the agent.
#   logger.sh OWN_CGROUP FILE MOST_BYTES OLDER [COMMAND...]
# It starts in the task's sandbox with the task's output as its input, and ends when nobody can write there any more.
# COMMAND runs the script once more, as the user whose sandbox it is: what it opens there may be a link by then.
own_cgroup=$1 file=$2 most=$3 older=$4
shift 4
trap '' HUP INT QUIT PIPE TERM USR1 USR2
[ -z "$own_cgroup" ] || echo 0 >"$own_cgroup/cgroup.procs"
[ $# -eq 0 ] || exec "$@" /bin/sh "$0" '' "$file" "$most" "$older"

size() {
    stat -c %s -- "$file" || echo 0
}

rotate() {
    [ "$older" -gt 0 ] || { : >"$file"; return; }
    number=$older
    while [ "$number" -gt 1 ]; do
        [ ! -e "$file.$((number - 1))" ] || mv -f -- "$file.$((number - 1))" "$file.$number"
        number=$((number - 1))
    done
    mv -f -- "$file" "$file.1"
}

while :; do
    # A full disk, or a sandbox that is gone, is no reason for the task to die of its output.
    head -c "$most" >>"$file" || exec cat >/dev/null
    before=$(size)
    if [ "$before" -ge "$most" ]; then
        rotate
    else
        # The end, unless the task has cut its file.
        head -c 1 >>"$file"
        [ "$(size)" -gt "$before" ] || exit 0
    fi
done
