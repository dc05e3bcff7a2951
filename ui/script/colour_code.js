// What Prism finds in code, as one string of pairs of UTF-16 units: a length, and the kind of what is that long
// (SyntaxKind in syntax_runs.h). Empty where Prism's tokens are not the code any more.

var ponderKinds = (function () {
    var PLAIN = 0, KEYWORD = 1, STRING = 2, COMMENT = 3, NUMBER = 4, FUNCTION = 5, TYPE = 6, OPERATOR = 7, TAG = 8;
    function table(lists) {
        var kinds = Object.create(null);
        lists.forEach(function (list) {
            list[1].split(" ").forEach(function (name) { kinds[name] = list[0]; });
        });
        return kinds;
    }
    var all = table([
        [PLAIN, "interpolation output plain-text script style literal-property parameter variable atrule" +
            " included-cdata bold italic strike instruction"],
        [KEYWORD, "keyword rule important directive delimiter title hr"],
        [STRING, "string char regex regex-source url attr-value inserted template-string triple-quoted-string" +
            " heredoc-string code-snippet code value scalar"],
        [COMMENT, "comment prolog doctype cdata shebang block-comment"],
        [NUMBER, "number boolean constant symbol entity attr-name unit hexcode color null nil datetime atom" +
            " version"],
        [FUNCTION, "function function-definition method decorator annotation macro coord target command builtin-target"],
        [TYPE, "class-name builtin type maybe-class-name section section-name table module header-name"],
        [OPERATOR, "operator punctuation interpolation-punctuation directive-hash shell-symbol info"],
        [TAG, "tag selector property key deleted"]
    ]);
    var shell = table([[FUNCTION, "builtin"], [TYPE, "variable environment"]]);
    var styles = table([[FUNCTION, "property"], [TYPE, "variable"]]);
    var preprocessed = table([[PLAIN, "macro"]]);
    var capitals = table([[TYPE, "constant"]]);
    return {
        all: all,
        of: {
            bash: shell, "shell-session": shell, makefile: shell, docker: shell, nix: shell,
            css: styles, scss: styles, less: styles,
            c: preprocessed, cpp: preprocessed, objectivec: preprocessed, glsl: preprocessed,
            haskell: capitals, elm: capitals, ruby: capitals, crystal: capitals, typescript: capitals, tsx: capitals,
            graphql: table([[TYPE, "constant scalar"], [TAG, "attr-name"]]),
            python: table([[FUNCTION, "builtin"]])
        },
        words: {
            python: table([[TYPE, "bool bytes bytearray complex dict float frozenset int list object set str tuple type"],
                [FUNCTION, "print exec"]])
        }
    };
})();

function colourCode(code, language) {
    var own = ponderKinds.of[language];
    var words = ponderKinds.words[language];
    var pairs = [];
    var longest = 0xFFFF;
    var length = 0;
    var kind = 0;

    function kindNamed(name) {
        if (own && name in own) return own[name];
        if (name in ponderKinds.all) return ponderKinds.all[name];
        return name.lastIndexOf("language-", 0) === 0 ? 0 : -1;
    }
    function kindOf(token, inherited) {
        if (words && token.content in words && /^(builtin|keyword)$/.test(token.type)) return words[token.content];
        var found = kindNamed(token.type);
        var others = typeof token.alias === "string" ? [token.alias] : token.alias || [];
        for (var i = 0; found < 0 && i < others.length; ++i) found = kindNamed(others[i]);
        return found < 0 ? inherited : found;
    }
    function flush() {
        for (; length > longest; length -= longest) pairs.push(String.fromCharCode(longest, kind));
        if (length > 0) pairs.push(String.fromCharCode(length, kind));
        length = 0;
    }
    function add(text, of) {
        if (of !== kind) {
            flush();
            kind = of;
        }
        length += text.length;
    }
    function walk(content, inherited) {
        if (typeof content === "string") return add(content, inherited);
        if (Array.isArray(content)) return content.forEach(function (each) { walk(each, inherited); });
        walk(content.content, kindOf(content, inherited));
    }
    function textOf(content) {
        if (typeof content === "string") return content.length;
        if (!Array.isArray(content)) return textOf(content.content);
        return content.reduce(function (sum, each) { return sum + textOf(each); }, 0);
    }

    // As Prism.highlight does, but for the HTML.
    var run = { code: code, grammar: Prism.languages[language], language: language };
    Prism.hooks.run("before-tokenize", run);
    run.tokens = Prism.tokenize(run.code, run.grammar);
    Prism.hooks.run("after-tokenize", run);
    if (textOf(run.tokens) !== code.length) return "";
    walk(run.tokens, 0);
    flush();
    return pairs.join("");
}
