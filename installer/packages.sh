# Sourced by run and test: installs what is missing of packages.txt.

# Names of the packages that `command` (run or test) needs and this machine lacks, on one line.
missing_packages() {
    command=$1
    wanted=$(sed -n "s/^\([a-z0-9.+-][a-z0-9.+-]*\)\( $command\)\{0,1\} *\$/\1/p" "$here/packages.txt")
    present=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' $wanted 2>/dev/null | sed -n 's/ installed$//p' || true)
    for package in $wanted; do
        case "
$present
" in
            *"
$package
"*) ;;
            *) printf '%s ' "$package" ;;
        esac
    done
}

install_packages() {
    missing=$(missing_packages "$1")
    [ -z "$missing" ] && return 0
    if ! command -v apt-get >/dev/null; then
        echo "Ponder needs these Debian packages, and this system has no apt-get: $missing" >&2
        exit 1
    fi
    if [ "$(id -u)" = 0 ]; then
        as_root=
    elif command -v sudo >/dev/null; then
        as_root=sudo
    else
        echo "Some packages are missing, and there is neither root nor sudo to install them. As root, type:" >&2
        echo "    apt-get install --no-install-recommends $missing" >&2
        exit 1
    fi
    echo "Installing Debian packages: $missing"
    $as_root apt-get update -qq
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $missing >/dev/null
}

# Configures and builds a preset; silent unless something is to be done or fails.
build_preset() {
    preset=$1
    cd "$here/.."
    if [ ! -f "build/$preset/build.ninja" ]; then
        echo "Building Ponder ($preset). This takes some minutes the first time."
        cmake --preset "$preset" -DPONDER_CUDA="${PONDER_CUDA:-AUTO}"
    fi
    ninja -C "build/$preset" --quiet
}
