# Runs one program and keeps a record of it. $1 is the folder for the record, $2 a number, the rest is the program with its arguments.
# The signals that end a whole session must not end this shell before the exit status is written; a trap, unlike ignoring them,
# does not reach the program. The program runs in the foreground, since background jobs of a shell ignore SIGINT.
# Linux does not enforce the limit of file locks, but every descendant has it, whatever it drops: so the number finds them all.
# Shells call the limit -w (dash, busybox) or -x (bash), and some end at an option that they do not know.
folder=$1
number=$2
shift 2
if [ -r /proc/self/limits ]; then
    for option in -w -x; do
        if (ulimit -S "$option" "$number") 2> /dev/null; then
            ulimit -S "$option" "$number"
            break
        fi
    done
fi
trap : TERM INT HUP QUIT USR1 USR2
sh -c '
folder=$1
shift
if [ -r "/proc/$$/stat" ]; then
    read -r birth < "/proc/$$/stat"
else
    birth=$(ps -o lstart= -p "$$")
fi
printf "%s\n%s\n" "$$" "$birth" > "$folder/started.part" && mv "$folder/started.part" "$folder/started"
exec "$@"
' sh "$folder" "$@"
status=$?
printf '%s\n' "$status" > "$folder/exit.part" && mv "$folder/exit.part" "$folder/exit"
