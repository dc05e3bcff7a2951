#include "ui/script/code_languages.h"

#include <QHash>

namespace ponder::ui {

namespace {

// Grammars that change another one come behind it, so that styles and scripts inside HTML are coloured too.
constexpr char kWeb[] = "markup css css-extras clike javascript";

// In step with packages.cmake.
constexpr CodeLanguage kLanguages[] = {
    {"Ada", "ada", "ada adb ads", ""},
    {"ARM assembly", "armasm", "armasm arm-asm arm", ""},
    {"Assembly", "nasm", "nasm asm assembly assembler x86asm", ""},
    {"AWK", "awk", "awk gawk mawk", ""},
    {"Bash", "bash", "bash", ""},
    {"BASIC", "basic", "basic qbasic", ""},
    {"Batch", "batch", "batch bat cmd dosbatch", ""},
    {"C", "c", "c h", "clike"},
    {"C#", "csharp", "csharp cs c# csx dotnet", "clike"},
    {"C++", "cpp", "cpp c++ cc cxx hpp hxx hh h++ ino arduino", "clike c"},
    {"Clojure", "clojure", "clojure clj cljs cljc edn", ""},
    {"CMake", "cmake", "cmake cmakelists.txt", ""},
    {"CoffeeScript", "coffeescript", "coffeescript coffee", "markup clike javascript"},
    {"Crystal", "crystal", "crystal cr", "clike ruby"},
    {"CSS", "css", "css", "markup css css-extras"},
    {"CUDA", "cpp", "cuda cu cuh", "clike c"},
    {"D", "d", "d dlang", "clike"},
    {"Dart", "dart", "dart", "clike"},
    {"Diff", "diff", "diff patch udiff", ""},
    {"Dockerfile", "docker", "dockerfile docker containerfile", ""},
    {"Elixir", "elixir", "elixir ex exs", ""},
    {"Elm", "elm", "elm", ""},
    {"Erlang", "erlang", "erlang erl hrl", ""},
    {"F#", "fsharp", "fsharp fs f# fsx fsi", "clike"},
    {"Fortran", "fortran", "fortran f f77 f90 f95 f03 f08", ""},
    {"Git", "git", "git", ""},
    {"GLSL", "glsl", "glsl vert frag", "clike c"},
    {"Go", "go", "go golang", "clike"},
    {"Gradle", "gradle", "gradle", "clike"},
    {"GraphQL", "graphql", "graphql gql", ""},
    {"Groovy", "groovy", "groovy gvy jenkinsfile", "clike"},
    {"Handlebars", "handlebars", "handlebars hbs mustache", "markup markup-templating"},
    {"Haskell", "haskell", "haskell hs lhs", ""},
    {"HCL", "hcl", "hcl", ""},
    {"HTML", "markup", "html htm xhtml markup", kWeb},
    {"HTTP", "http", "http https", "markup css css-extras clike javascript json"},
    {"INI", "ini", "ini cfg conf config dosini desktop", ""},
    {"Java", "java", "java", "clike"},
    {"JavaScript", "javascript", "javascript js mjs cjs node ecmascript", "markup clike"},
    {"Jinja", "django", "jinja jinja2 j2 django", "markup css css-extras clike javascript markup-templating"},
    {"JSON", "json", "json jsonc jsonl ndjson geojson webmanifest ipynb", ""},
    {"JSON5", "json5", "json5", "json"},
    {"JSX", "jsx", "jsx", kWeb},
    {"Julia", "julia", "julia jl", ""},
    {"Kotlin", "kotlin", "kotlin kt kts", "clike"},
    {"LaTeX", "latex", "latex tex context bibtex", ""},
    {"Less", "less", "less", "markup css css-extras"},
    {"Lisp", "lisp", "lisp elisp emacs-lisp common-lisp commonlisp emacs el", ""},
    {"LLVM IR", "llvm", "llvm ll", ""},
    {"Lua", "lua", "lua luau", ""},
    {"Makefile", "makefile", "makefile make mk mak gnumakefile", ""},
    {"Markdown", "markdown", "markdown md mdx mkd", "markup yaml"},
    {"MathML", "markup", "mathml", ""},
    {"MATLAB", "matlab", "matlab", ""},
    {"nginx", "nginx", "nginx nginxconf", ""},
    {"Nim", "nim", "nim nimrod", ""},
    {"Nix", "nix", "nix", ""},
    {"Objective-C", "objectivec", "objectivec objective-c objc obj-c mm", "clike c"},
    {"OCaml", "ocaml", "ocaml ml mli", ""},
    {"Octave", "matlab", "octave", ""},
    {"Pascal", "pascal", "pascal objectpascal delphi pas dpr", ""},
    {"Perl", "perl", "perl pl pm", ""},
    {"PHP", "php", "php php5 php7 php8", "markup css css-extras clike javascript markup-templating"},
    {"PowerShell", "powershell", "powershell pwsh posh ps1 psm1", ""},
    {"Prolog", "prolog", "prolog", ""},
    {"Properties", "properties", "properties env dotenv", ""},
    {"Protocol Buffers", "protobuf", "protobuf proto proto2 proto3", "clike"},
    {"Python", "python", "python py python3 py3 python2 pyi pyw ipython sage gyp", ""},
    {"R", "r", "r rscript splus", ""},
    {"Racket", "racket", "racket rkt", "scheme"},
    {"Regular expression", "regex", "regex regexp", ""},
    {"Ruby", "ruby", "ruby rb rake gemfile podfile", "clike"},
    {"Rust", "rust", "rust rs", ""},
    {"Scala", "scala", "scala sc sbt", "clike java"},
    {"Scheme", "scheme", "scheme scm", ""},
    {"SCSS", "scss", "scss", "markup css css-extras"},
    {"Shell", "bash", "sh shell zsh ksh ash dash fish", ""},
    {"Solidity", "solidity", "solidity sol", "clike"},
    {"SQL", "sql", "sql mysql mariadb postgres postgresql pgsql psql plsql sqlite tsql mssql", ""},
    {"SVG", "markup", "svg", "markup css css-extras"},
    {"Svelte", "markup", "svelte", kWeb},
    {"Swift", "swift", "swift", ""},
    {"systemd", "systemd", "systemd service", ""},
    {"Terminal", "shell-session", "console terminal shell-session shellsession sh-session", "bash"},
    {"Terraform", "hcl", "terraform tf tfvars", ""},
    {"TOML", "toml", "toml", ""},
    {"TSX", "tsx", "tsx", "markup css css-extras clike javascript jsx typescript"},
    {"TypeScript", "typescript", "typescript ts mts cts", "markup clike javascript"},
    {"Verilog", "verilog", "verilog v sv systemverilog", ""},
    {"VHDL", "vhdl", "vhdl vhd", ""},
    {"Vim script", "vim", "vim vimscript viml", ""},
    {"Visual Basic", "vbnet", "vbnet vb vba visual-basic visualbasic", "basic"},
    {"Vue", "markup", "vue", kWeb},
    {"WebAssembly", "wasm", "wasm wat wast webassembly", ""},
    {"WGSL", "wgsl", "wgsl", ""},
    {"XML", "markup", "xml xsd xsl xslt rss atom plist xaml wsdl xmlns", ""},
    {"YAML", "yaml", "yaml yml", ""},
    {"Zig", "zig", "zig", ""},
};

QHash<QString, const CodeLanguage*> byName() {
    QHash<QString, const CodeLanguage*> all;
    for (const CodeLanguage& language : kLanguages) {
        for (const QString& name : QString::fromLatin1(language.names).split(u' '))
            all.insert(name, &language);
    }
    return all;
}

/// "{.Python", "language-python", "python:main.py" and "rust,no_run" mean what they begin with.
QString plainName(const QString& written) {
    QString name = written.toLower();
    for (const char* opening : {"{", ".", "language-", "lang-"}) {
        if (name.startsWith(QLatin1String(opening))) name.remove(0, qsizetype(qstrlen(opening)));
    }
    for (const QChar end : {QChar(u':'), QChar(u','), QChar(u'{'), QChar(u'}'), QChar(u'='), QChar(u';')}) {
        const qsizetype at = name.indexOf(end);
        if (at >= 0) name.truncate(at);
    }
    return name;
}

} // namespace

std::span<const CodeLanguage> codeLanguages() {
    return kLanguages;
}

const CodeLanguage* findCodeLanguage(const QString& name) {
    static const QHash<QString, const CodeLanguage*> all = byName();
    return all.value(plainName(name));
}

QString codeLanguageTitle(const QString& name) {
    const CodeLanguage* language = findCodeLanguage(name);
    return language ? QString::fromLatin1(language->title) : name;
}

QStringList grammarScripts(const CodeLanguage& language) {
    QStringList grammars{QStringLiteral("core")};
    grammars += QString::fromLatin1(language.needs).split(u' ', Qt::SkipEmptyParts);
    if (!grammars.contains(QLatin1String(language.grammar))) grammars.append(QLatin1String(language.grammar));
    QStringList scripts;
    for (const QString& grammar : grammars) scripts.append(":/scripts/prism-" + grammar + ".min.js");
    scripts.append(QStringLiteral(":/scripts/colour_code.js"));
    return scripts;
}

} // namespace ponder::ui
