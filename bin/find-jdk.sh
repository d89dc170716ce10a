# Sourced by bin/env-cli and perf-tests/run, which define fail: find_jdk sets jdk to the folder of a JDK 25.

# True if $1 is the folder of a JDK 25. Its release file says so: starting java to ask costs 40 ms.
is_jdk_25() {
    [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
    while IFS= read -r line; do
        case $line in
            'JAVA_VERSION="25"'* | 'JAVA_VERSION="25.'*) return 0 ;;
            JAVA_VERSION=*) return 1 ;;
        esac
    done <"$1/release"
    return 1
}

# Sets jdk, or fails with the remedy.
find_jdk() {
    if [ -n "$ENV_CLI_JAVA_HOME" ]; then
        is_jdk_25 "$ENV_CLI_JAVA_HOME" || fail "ENV_CLI_JAVA_HOME=$ENV_CLI_JAVA_HOME is not a JDK 25; set it to the folder of one, or unset it"
        jdk=$ENV_CLI_JAVA_HOME
        return
    fi
    for jdk in "$JAVA_HOME" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* /opt/* /opt/java/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        is_jdk_25 "$jdk" && return
    done
    if [ -x /usr/libexec/java_home ] && jdk=$(/usr/libexec/java_home -v 25 2>/dev/null) && is_jdk_25 "$jdk"; then
        return
    fi
    if jdk=$(command -v java) && jdk=$(readlink -f "$jdk"); then
        jdk=${jdk%/bin/java}
        is_jdk_25 "$jdk" && return
    fi
    fail "no JDK 25 found: install one (https://adoptium.net/temurin/releases/?version=25), or set ENV_CLI_JAVA_HOME to its folder"
}
