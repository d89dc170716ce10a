#compdef env-cli
# Completes the command line of env-cli in zsh; made by 'env-cli completion zsh'.
# What may come next is asked of env-cli itself, with the words as they were typed.

_env-cli() {
    local line word
    local -a lines described plain
    lines=("${(@f)$("${(Q)words[1]/#\~/$HOME}" __complete "${(@)words[2,CURRENT-1]}" "$PREFIX" 2>/dev/null)}")

    [[ $PREFIX == --*=* ]] && compset -P '--*='
    for line in "${(@)lines[2,-1]}"; do
        word=${line%%$'\t'*}
        if [[ $line == *$'\t'* ]]; then
            described+=("${word//:/\\:}:${line#*$'\t'}")
        else
            plain+=("$word")
        fi
    done
    (( $#described )) && _describe -t values value described
    (( $#plain )) && compadd -a plain

    case $lines[1] in
        files) _files ;;
        folders) _files -/ ;;
        command)
            local separator=${words[(i)--]}
            shift $separator words
            (( CURRENT -= separator ))
            _normal
            ;;
    esac
}

# Read by the shell's start file, it registers itself; found in fpath, it is the function's body.
if [ "$funcstack[1]" = _env-cli ]; then
    _env-cli "$@"
else
    compdef _env-cli env-cli
fi
