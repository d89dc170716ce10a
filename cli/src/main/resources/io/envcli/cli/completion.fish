# Completes the command line of env-cli in fish 3 or later; made by 'env-cli completion fish'.
# What may come next is asked of env-cli itself, with the words as they were typed.

function __env_cli_complete
    set -l words (commandline -opc)
    set -l program $words[1]
    set -e words[1]
    set -l current (commandline -ct)
    set -l lines (command $program __complete $words "$current" 2>/dev/null)
    set -l shell $lines[1]
    set -e lines[1]

    # fish wants whole words; of --option=value it was given the value alone.
    set -l option (string match -r -- '^--[^=]+=' "$current")
    for line in $lines
        echo -- "$option$line"
    end

    set -l value (string replace -r -- '^--[^=]+=' '' "$current")
    switch "$shell"
        case files
            for file in (complete -C "'' $value")
                echo -- "$option$file"
            end
        case folders
            for folder in (__fish_complete_directories "$value" '')
                echo -- "$option$folder"
            end
        case command
            set -l separator (contains -i -- -- $words)
            __fish_complete_subcommand --fcs-skip=(math $separator + 1)
    end
end

complete -c env-cli -f -a '(__env_cli_complete)'
