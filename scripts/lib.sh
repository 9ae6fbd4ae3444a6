# shellcheck shell=bash
# Sourced by the scripts beside it: where the installation is, which JVM runs it, what is on its class path.

FIRESTEEL_HOME=${FIRESTEEL_HOME:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}

# What spark-submit passes by itself and a plain JVM does not (org.apache.spark.launcher.JavaModuleOptions).
SPARK_JVM_OPTIONS=(
    -XX:+IgnoreUnrecognizedVMOptions
    --add-modules=jdk.incubator.vector
    --add-opens=java.base/java.lang=ALL-UNNAMED
    --add-opens=java.base/java.lang.invoke=ALL-UNNAMED
    --add-opens=java.base/java.lang.reflect=ALL-UNNAMED
    --add-opens=java.base/java.io=ALL-UNNAMED
    --add-opens=java.base/java.net=ALL-UNNAMED
    --add-opens=java.base/java.nio=ALL-UNNAMED
    --add-opens=java.base/java.util=ALL-UNNAMED
    --add-opens=java.base/java.util.concurrent=ALL-UNNAMED
    --add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED
    --add-opens=java.base/jdk.internal.ref=ALL-UNNAMED
    --add-opens=java.base/sun.nio.ch=ALL-UNNAMED
    --add-opens=java.base/sun.nio.cs=ALL-UNNAMED
    --add-opens=java.base/sun.security.action=ALL-UNNAMED
    --add-opens=java.base/sun.util.calendar=ALL-UNNAMED
    --add-opens=java.security.jgss/sun.security.krb5=ALL-UNNAMED
    -Dio.netty.tryReflectionSetAccessible=true
    -Dio.netty.allocator.type=pooled
    --sun-misc-unsafe-memory-access=allow
    --enable-native-access=ALL-UNNAMED
)

die() {
    echo "error: $*" >&2
    exit 1
}

# Prints the feature version of the JDK at $1 (17, 25, …), nothing when it is none.
java_feature() {
    local release="$1/release"
    [ -x "$1/bin/java" ] || return 0
    if [ -r "$release" ]; then
        sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$release"
    else
        "$1/bin/java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1
    fi
}

# Sets JAVA and JAVA_HOME to FIRESTEEL_JAVA_HOME, or else to the newest JDK found from 17 up.
choose_java() {
    local best="" best_feature=0 home feature path_java
    if [ -n "${FIRESTEEL_JAVA_HOME:-}" ]; then
        feature=$(java_feature "$FIRESTEEL_JAVA_HOME")
        [ "${feature:-0}" -ge 17 ] || die "FIRESTEEL_JAVA_HOME=$FIRESTEEL_JAVA_HOME is no JDK from 17 up"
        best=$FIRESTEEL_JAVA_HOME best_feature=$feature
    else
        path_java=$(command -v java || true)
        [ -n "$path_java" ] && path_java=$(dirname "$(dirname "$(readlink -f "$path_java")")")
        for home in "${JAVA_HOME:-}" "$path_java" /usr/lib/jvm/* /opt/java/* "$HOME"/.sdkman/candidates/java/* \
            "$HOME"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
            [ -d "$home" ] || continue
            feature=$(java_feature "$home")
            if [ "${feature:-0}" -ge 17 ] && [ "$feature" -gt "$best_feature" ]; then
                best=$home best_feature=$feature
            fi
        done
    fi
    [ -n "$best" ] || die "no JDK from 17 up found; install one or set FIRESTEEL_JAVA_HOME"
    export JAVA_HOME=$best
    # shellcheck disable=SC2034 # for the scripts that source this
    JAVA=$best/bin/java JAVA_FEATURE=$best_feature
    if [ "$best_feature" -ge 24 ]; then
        # The package is gone there, and naming it costs a warning at every start.
        local kept=() option
        for option in "${SPARK_JVM_OPTIONS[@]}"; do
            [[ "$option" == *sun.security.action* ]] || kept+=("$option")
        done
        SPARK_JVM_OPTIONS=("${kept[@]}")
    fi
    [ -n "${FIRESTEEL_QUIET:-}" ] || echo "firesteel: Java $best_feature ($best)" >&2
}

# Dies with what to do unless the build has left $1.
need_built() {
    [ -e "$FIRESTEEL_HOME/$1" ] || die "not built yet ($1 is missing); run: ./mvnw -q -DskipTests package"
}

module_jar() {
    echo "$FIRESTEEL_HOME/$1/target/$1-0.1.0-SNAPSHOT.jar"
}

# The class path of an embedded Spark, ours first.
embedded_class_path() {
    local target="$FIRESTEEL_HOME/jobs/target"
    echo "$(module_jar jobs):$(module_jar schemas):$(module_jar prover-kernels):$(module_jar guests):$(cat "$target/classpath-embedded.txt"):$(cat "$target/classpath-submit.txt")"
}

# Sets AOT_OPTIONS to start from what scripts/aot-cache made of this build and this JDK, to nothing when there is none.
find_aot_cache() {
    local target="$FIRESTEEL_HOME/jobs/target" file
    local cache="$target/firesteel.aot"
    AOT_OPTIONS=()
    [ -r "$cache" ] && [ -r "$cache.release" ] && [ -r "$JAVA_HOME/release" ] || return 0
    [ "$(<"$cache.release")" = "$(<"$JAVA_HOME/release")" ] || return 0
    for file in "$target"/classpath-*.txt "$(module_jar jobs)" "$(module_jar schemas)" "$(module_jar prover-kernels)" \
        "$(module_jar guests)"; do
        [ "$cache" -nt "$file" ] || return 0
    done
    # One that the JVM refuses after all is nothing that a user has to know of.
    # shellcheck disable=SC2034 # for the scripts that source this
    AOT_OPTIONS=("-XX:AOTCache=$cache" "-Xlog:aot*=off")
}
