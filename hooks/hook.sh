#!/bin/sh
# gitdex-hook 1: written by `gitdex hook install`, taken away by `gitdex hook uninstall`.
# Runs the hook that stood here before, then starts the index in the background. Git never waits
# for the index, and nothing here but the earlier hook decides the exit status.

name=@NAME@
gitdex=@EXECUTABLE@
data=@DATA@

# Git's own directory for this working tree, as git names it to its hooks or as the tree has it.
directory=${GIT_DIR:-}
if [ -z "$directory" ]; then
    if [ -f .git ]; then
        line=
        IFS= read -r line <.git
        directory=${line#gitdir: }
    elif [ -d .git ]; then
        directory=.git
    else
        directory=.
    fi
fi
case $directory in
/*) ;;
*) directory=$PWD/$directory ;;
esac

# A hook framework may have kept this file as its own earlier hook: never go round in a circle.
if [ "${GITDEX_HOOK_RUNNING:-}" = "$name $directory" ]; then
    exit 0
fi

# Run from a folder of its own under its own name, since it may go by that and by what lies around.
status=0
case $0 in
*/*) hooks=${0%/*} ;;
*) hooks=. ;;
esac
earlier=$hooks.gitdex-chained/$name
if [ ! -x "$earlier" ]; then
    earlier=$hooks/$name.gitdex-chained
fi
if [ -x "$earlier" ]; then
    GITDEX_HOOK_RUNNING="$name $directory" "$earlier" "$@"
    status=$?
fi

# What all working trees of the repository share.
common=$directory
if [ -f "$directory/commondir" ]; then
    IFS= read -r line <"$directory/commondir"
    case $line in
    /*) common=$line ;;
    *) common=$directory/$line ;;
    esac
fi

# Hooks may be shared by many repositories: only those that asked for it are indexed.
state=$common/gitdex
if [ ! -e "$state/enabled" ]; then
    exit "$status"
fi

# A checkout of single files and a squashed merge move no branch.
case $name in
post-checkout) if [ "${3:-1}" = 0 ]; then exit "$status"; fi ;;
post-merge) if [ "${1:-0}" = 1 ]; then exit "$status"; fi ;;
esac

if [ ! -x "$gitdex" ] || [ -d "$gitdex" ]; then
    size=$(wc -c <"$state/hook.log" 2>/dev/null) || size=0
    if [ "${size:-0}" -lt 1048576 ]; then
        printf '%s %s - missing 0 ms %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$name" \
            "there is no program $gitdex: run \`gitdex hook install\` again" \
            2>/dev/null >>"$state/hook.log"
    fi
    exit "$status"
fi 2>/dev/null

# The branch is read here, because the next git command may move HEAD before the index starts.
reference=
if [ -f "$directory/HEAD" ]; then
    line=
    IFS= read -r line <"$directory/HEAD"
    case $line in
    'ref: refs/heads/.invalid') ;;
    'ref: '*) reference=${line#ref: } ;;
    esac
fi 2>/dev/null

# What git tells its hooks is about this one command; the index must not believe it.
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_PREFIX GIT_COMMON_DIR GIT_OBJECT_DIRECTORY \
    GIT_ALTERNATE_OBJECT_DIRECTORIES GIT_QUARANTINE_PATH GIT_CONFIG GIT_CONFIG_PARAMETERS \
    GIT_CONFIG_COUNT GIT_IMPLICIT_WORK_TREE GIT_GRAFT_FILE GIT_NO_REPLACE_OBJECTS \
    GIT_REPLACE_REF_BASE GIT_SHALLOW_FILE GIT_INTERNAL_SUPER_PREFIX GIT_NAMESPACE \
    GIT_REFLOG_ACTION GIT_EDITOR GIT_TRACE GIT_TRACE2 GIT_TRACE2_EVENT GIT_TRACE2_PERF \
    GIT_TRACE_SETUP GIT_TRACE_PERFORMANCE GITDEX_HOOK_RUNNING
if [ -n "$data" ] && [ -z "${GITDEX_DATA_DIR:-}" ]; then
    GITDEX_DATA_DIR=$data
    export GITDEX_DATA_DIR
fi
set -- "$gitdex" hook run --hook "$name" --git-dir "$directory" --common-dir "$common"
if [ -n "$reference" ]; then
    set -- "$@" --reference "$reference"
fi
# A session of its own, so that closing the terminal does not end the index.
if command -v setsid >/dev/null 2>&1; then
    set -- setsid "$@"
fi
# No stream of git's may stay open: whoever reads git's output would wait for the index.
"$@" </dev/null >/dev/null 2>&1 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&- &

exit "$status"
