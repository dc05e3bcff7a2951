# Scripts of Debian packages, built into the program (compressed) as :/scripts/….

# ponder_package_scripts(PACKAGE DIRECTORY FILE …): adds files of a package, under their own names.
function(ponder_package_scripts package directory)
    foreach(file IN LISTS ARGN)
        if(NOT EXISTS "${directory}/${file}")
            message(FATAL_ERROR "${directory}/${file} is missing. Install the Debian package ${package}.")
        endif()
        list(APPEND paths "${directory}/${file}")
    endforeach()
    qt_add_resources(ponder_ui "${package}" PREFIX "/scripts" BASE "${directory}" FILES ${paths})
endfunction()

# In step with code_languages.cpp.
set(PRISM_LANGUAGES
    ada armasm awk bash basic batch c clike clojure cmake coffeescript core cpp crystal csharp css css-extras d dart diff
    django docker elixir elm erlang fortran fsharp git glsl go gradle graphql groovy handlebars haskell hcl http
    ini java javascript json json5 jsx julia kotlin latex less lisp llvm lua makefile markdown markup
    markup-templating matlab nasm nginx nim nix objectivec ocaml pascal perl php powershell prolog properties
    protobuf python r racket regex ruby rust scala scheme scss shell-session solidity sql swift systemd toml tsx
    typescript vbnet verilog vhdl vim wasm wgsl yaml zig)
list(TRANSFORM PRISM_LANGUAGES REPLACE "(.+)" "prism-\\1.min.js")
ponder_package_scripts(node-prismjs /usr/share/nodejs/prismjs/components ${PRISM_LANGUAGES})
ponder_package_scripts(libjs-katex /usr/share/javascript/katex katex.js)
qt_add_resources(ponder_ui "scripts" PREFIX "/scripts" BASE "script" FILES script/colour_code.js)
ponder_package_scripts(libjs-katex-chemistry /usr/share/javascript/katex/contrib mhchem.js)
