# Completes the command line of env-cli in bash 4.3 or later; made by 'env-cli completion bash'.
# What may come next is asked of env-cli itself, with the words as they were typed.

_env_cli() {
    local rest=${COMP_LINE:0:COMP_POINT} words=() piece='' i
    # bash has cut the line at = and : too; here a word is what stands between spaces.
    for ((i = 0; i <= COMP_CWORD; i++)); do
        if [[ $i == 0 || $rest == [[:space:]]* ]]; then
            rest=${rest#"${rest%%[![:space:]]*}"}
            words+=('')
        fi
        piece=${COMP_WORDS[i]:0:${#rest}}
        words[-1]+=$piece
        rest=${rest#"$piece"}
    done

    local lines=() line word current=${words[-1]}
    mapfile -t lines < <("${words[0]/#\~/$HOME}" __complete "${words[@]:1}" 2>/dev/null)

    # bash puts the reply in the place of what it thinks the word is.
    [[ $current == --*=* ]] && current=${current#*=}
    [[ $piece == [=:] ]] && piece=''
    local before=${current%"$piece"}

    local open='' char
    for ((i = 0; i < ${#piece}; i++)); do
        char=${piece:i:1}
        if [[ $char == \\ && $open != \' ]]; then
            ((i++))
        elif [[ $char == "$open" ]]; then
            open=''
        elif [[ -z $open && $char == [\'\"] ]]; then
            open=$char
        fi
    done

    COMPREPLY=()
    for line in "${lines[@]:1}"; do
        word=${line%%$'\t'*}
        _env_cli_quote || continue
        COMPREPLY+=("${word#"$before"}")
    done

    case ${lines[0]} in
        files)
            compopt -o filenames
            mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$piece")
            [[ ${#COMPREPLY[@]} -gt 0 ]] || compopt -o default
            ;;
        folders) compopt -o dirnames ;;
        command)
            for ((i = 0; i <= COMP_CWORD; i++)); do
                [[ ${COMP_WORDS[i]} == -- ]] && break
            done
            if declare -F _command_offset >/dev/null; then
                _command_offset $((i + 1))
            elif [[ $((i + 1)) == "$COMP_CWORD" ]]; then
                mapfile -t COMPREPLY < <(compgen -c -- "$piece")
            else
                compopt -o default
            fi
            ;;
    esac
}

# Writes the word so that the shell takes it as it is: a name may hold what would run a command, in an open quote as well.
# Fails where a quote is open that does not begin what is replaced.
_env_cli_quote() {
    local special
    [[ -z $open || $piece == "$open"* ]] || return 1
    case $open in
        \') word=${word//\'/$'\'\\\'\''} ;;
        \")
            for special in '\' '"' '$' '`'; do
                word=${word//"$special"/"\\$special"}
            done
            word=${word//'!'/'"\!"'} # in double quotes the backslash would stay
            ;;
        *) printf -v word %q "$word" ;;
    esac
}

complete -F _env_cli env-cli
