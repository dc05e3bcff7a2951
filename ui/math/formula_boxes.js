// Flattens the tree that KaTeX builds for a formula into boxes that FormulaLayout can place: what KaTeX says
// with CSS classes (katex.css) becomes fonts, widths and shifts here. All lengths are in em of the formula.
(function (global) {
    "use strict";

    // katex.css: .sizing.reset-sizeN.sizeM is the ratio of these.
    var kSizes = [0, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.2, 1.44, 1.728, 2.074, 2.488];

    // What a class makes of the font around it.
    var kFonts = {
        textbf: {bold: true},
        textit: {italic: true},
        textrm: {family: "Main"},
        textsf: {family: "SansSerif"},
        texttt: {family: "Typewriter"},
        mathnormal: {family: "Math", italic: true},
        mathit: {family: "Main", italic: true},
        mathrm: {italic: false},
        mathbf: {family: "Main", bold: true},
        boldsymbol: {family: "Math", bold: true, italic: true},
        amsrm: {family: "AMS"},
        mathbb: {family: "AMS"},
        textbb: {family: "AMS"},
        mathcal: {family: "Caligraphic"},
        mathfrak: {family: "Fraktur"},
        textfrak: {family: "Fraktur"},
        mathtt: {family: "Typewriter"},
        mathscr: {family: "Script"},
        textscr: {family: "Script"},
        mathsf: {family: "SansSerif"},
        mathboldsf: {family: "SansSerif", bold: true},
        textboldsf: {family: "SansSerif", bold: true},
        mathitsf: {family: "SansSerif", italic: true},
        textitsf: {family: "SansSerif", italic: true},
        mainrm: {family: "Main", italic: false},
        "small-op": {family: "Size1"},
        "large-op": {family: "Size2"},
        "delim-size1": {family: "Size1"},
        "delim-size4": {family: "Size4"}
    };

    var kFaces = {
        Main: ["Regular", "Bold", "Italic", "BoldItalic"],
        Math: ["Italic", "BoldItalic", "Italic", "BoldItalic"],
        AMS: ["Regular", "Regular", "Regular", "Regular"],
        Caligraphic: ["Regular", "Bold", "Regular", "Bold"],
        Fraktur: ["Regular", "Bold", "Regular", "Bold"],
        SansSerif: ["Regular", "Bold", "Italic", "Bold"]
    };

    var kLeft = 0;
    var kCentre = 1;
    var kRight = 2;
    var kPictureParts = {
        "hide-tail": [0, 1],
        "halfarrow-left": [0, 0.502],
        "halfarrow-right": [0.498, 0.502],
        "brace-left": [0, 0.251],
        "brace-center": [0.25, 0.5],
        "brace-right": [0.749, 0.251]
    };

    function faceOf(font) {
        var faces = kFaces[font.family];
        var face = faces ? faces[(font.bold ? 1 : 0) + (font.italic ? 2 : 0)] : "Regular";
        return font.family + "-" + face;
    }

    function has(node, name) {
        return node.classes !== undefined && node.classes.indexOf(name) >= 0;
    }

    /// A CSS length in em of the formula; `size` is that of the font it is said in.
    function length(text, size) {
        var value = parseFloat(text);
        return isFinite(value) ? value * size : 0;
    }

    function sizeIn(node, size) {
        var from = 0;
        var to = 0;
        for (var i = 0; i < node.classes.length; ++i) {
            var reset = /^reset-size(\d+)$/.exec(node.classes[i]);
            var wanted = /^size(\d+)$/.exec(node.classes[i]);
            if (reset) from = +reset[1];
            if (wanted) to = +wanted[1];
        }
        return from > 0 && to > 0 ? size * kSizes[to] / kSizes[from] : size;
    }

    function fontIn(node, font) {
        var delimiter = has(node, "delimsizing");
        for (var i = 0; i < node.classes.length; ++i) {
            var name = node.classes[i];
            var change = kFonts[name];
            if (delimiter && /^size[1-4]$/.test(name)) change = {family: "Size" + name[4]};
            if (!change) continue;
            font = {
                family: change.family || font.family,
                bold: change.bold === undefined ? font.bold : change.bold,
                italic: change.italic === undefined ? font.italic : change.italic
            };
        }
        return font;
    }

    function alignIn(node, parent, align) {
        if (has(node, "msupsub") || has(node, "svg-align")) return kLeft;
        if (has(node, "x-arrow") || has(node, "mover") || has(node, "munder")) return kCentre;
        if (has(node, "vlist-t") && parent) {
            if (has(parent, "op-limits") || has(parent, "accent") || has(parent, "mfrac")) return kCentre;
            if (has(parent, "col-align-c")) return kCentre;
            if (has(parent, "col-align-l")) return kLeft;
            if (has(parent, "col-align-r") || has(parent, "tag")) return kRight;
        }
        return align;
    }

    /// What a node hands to those in it.
    function within(node, parent, around) {
        return {
            size: sizeIn(node, around.size),
            font: fontIn(node, around.font),
            align: alignIn(node, parent, around.align)
        };
    }

    /// Margins, paddings, shifts and the colour, where there are any.
    function dress(box, node, parent, size) {
        var style = node.style || {};
        var put = function (key, value) {
            if (value !== 0) box[key] = (box[key] || 0) + value;
        };
        put("ml", length(style.marginLeft, size));
        put("mr", length(style.marginRight, size));
        put("pl", length(style.paddingLeft, size));
        put("dx", length(style.left, size));
        if (has(node, "cancel-lap")) {
            put("ml", -0.2 * size);
            put("mr", -0.2 * size);
        }
        if (has(node, "root") && parent && has(parent, "sqrt")) {
            put("ml", 0.27777778 * size);
            put("mr", -0.55555556 * size);
        }
        var padding = has(node, "x-arrow-pad") ? 0.5
            : has(node, "boxpad") ? 0.3
            : has(node, "cancel-pad") ? 0.2
            : has(node, "anglpad") ? 0.03889 : 0;
        put("pl", padding * size);
        put("pr", padding * size);
        if (has(node, "cd-arrow-pad")) {
            put("pl", 0.55556 * size);
            put("pr", 0.27778 * size);
        }
        if (has(node, "angl")) put("mr", 0.03889 * size);
        if (has(node, "nulldelimiter")) put("ml", 0.12 * size);
        if (has(node, "arraycolsep")) put("ml", length(style.width, size));
        if (style.position === "relative" || has(node, "delimcenter") || has(node, "accent-body"))
            put("dy", length(style.top, size));
        if (has(node, "accent-body") && !has(node, "accent-full")) box.w = 0;
        if (style.color) box.cl = style.color;
        return box;
    }

    function symbol(node, around) {
        var inside = within(node, null, around);
        var box = {k: "t", s: node.text, f: faceOf(inside.font), z: inside.size};
        if (node.italic > 0) box.mr = node.italic * inside.size;
        return dress(box, node, null, inside.size);
    }

    function bar(width, thickness, raise) {
        var box = {k: "b", h: thickness, u: raise};
        if (width !== null) box.w = width;
        return box;
    }

    function drawing(svg, part, size) {
        var attributes = svg.attributes;
        var box = /^0 0 ([\d.]+) ([\d.]+)$/.exec(attributes.viewBox || "");
        var fit = /^(none|xM(?:in|id|ax)YMin slice)$/.exec(attributes.preserveAspectRatio || "");
        var shape = {x: part[0], w: part[1]};
        if (box) shape.v = [+box[1], +box[2]];
        shape.a = fit ? fit[1].slice(0, 4) : "meet";
        for (var i = 0; i < svg.children.length; ++i) {
            var child = svg.children[i];
            var path = /<path d='([^']*)'/.exec(child.toMarkup());
            if (path) {
                shape.d = path[1];
                continue;
            }
            if (!shape.l) shape.l = [];
            var end = function (name) {
                return child.attributes[name] === "100%" ? 1 : 0;
            };
            shape.l.push([end("x1"), end("y1"), end("x2"), end("y2")]);
            shape.t = length(child.attributes["stroke-width"], size);
        }
        return shape;
    }

    /// A span with drawings in it, one or (stretchy) two or three beside each other.
    function picture(node, inside) {
        var style = node.style;
        var box = {k: "p", h: length(style.height, inside.size), g: []};
        if (style.width !== undefined) box.w = length(style.width, inside.size);
        if (style.minWidth !== undefined) box.m = length(style.minWidth, inside.size);
        var partOf = function (span) {
            for (var i = 0; i < span.classes.length; ++i) {
                if (kPictureParts[span.classes[i]]) return kPictureParts[span.classes[i]];
            }
            return [0, 1];
        };
        for (var i = 0; i < node.children.length; ++i) {
            var child = node.children[i];
            if (child instanceof katex.__domTree.SvgNode)
                box.g.push(drawing(child, partOf(node), inside.size));
            else
                box.g.push(drawing(child.children[0], partOf(child), inside.size));
        }
        return box;
    }

    function isPicture(node) {
        var first = node.children && node.children[0];
        if (first === undefined) return false;
        if (first instanceof katex.__domTree.SvgNode) return true;
        return has(node, "stretchy") && first.children !== undefined &&
            first.children[0] instanceof katex.__domTree.SvgNode;
    }

    /// \fbox and its like: what is drawn as the borders and the background of an empty span.
    function frame(node, size) {
        var style = node.style;
        var box = {k: "x", h: length(style.height, size)};
        var thickness = length(style.borderWidth, size);
        var edges = [0, 0, 0, 0];
        if (has(node, "sout")) edges = [0, 0, 0.08 * size, 0];
        else if (has(node, "angl")) edges = [1, 1, 0, 0].map(function (on) {
            return on * (length(style.borderTopWidth, size) || 0.049 * size);
        });
        else if (has(node, "fbox") || has(node, "fcolorbox") || style.borderStyle)
            edges = [1, 1, 1, 1].map(function () { return thickness || 0.04 * size; });
        box.e = edges;
        if (style.backgroundColor) box.bg = style.backgroundColor;
        if (style.borderColor) box.bc = style.borderColor;
        return box;
    }

    function stack(node, inside) {
        var box = {k: "v", a: inside.align, c: []};
        var rows = node.children[0].children[0].children;
        for (var i = 0; i < rows.length; ++i) {
            var row = rows[i];
            var own = within(row, null, inside);
            var strut = length(row.children[0].style.height, inside.size);
            var child = {k: "r", c: []};
            for (var j = 1; j < row.children.length; ++j) append(child.c, row.children[j], row, own);
            dress(child, row, null, inside.size);
            child.y = length(row.style.top, inside.size) + strut;
            if (own.align !== inside.align) child.a = own.align;
            box.c.push(child);
        }
        return box;
    }

    function lap(node, inside) {
        var box = {k: "l", a: has(node, "llap") ? kRight : has(node, "clap") ? kCentre : kLeft, c: []};
        for (var i = 0; i < node.children.length; ++i) {
            var child = node.children[i];
            if (has(child, "inner")) append(box.c, child, node, inside);
        }
        return box;
    }

    function shape(node, inside) {
        var style = node.style || {};
        var size = inside.size;
        if (has(node, "vlist-t")) return stack(node, inside);
        if (has(node, "llap") || has(node, "rlap") || has(node, "clap")) return lap(node, inside);
        if (isPicture(node)) return picture(node, inside);
        if (has(node, "stretchy")) return frame(node, size);
        if (has(node, "rule"))
            return bar(length(style.borderRightWidth, size), length(style.borderTopWidth, size),
                       length(style.bottom, size));
        if (has(node, "vertical-separator")) {
            var separator = bar(length(style.borderRightWidth, size), length(style.height, size),
                                length(style.verticalAlign, size));
            separator.ml = separator.mr = -separator.w / 2;
            if (style.borderRightStyle === "dashed") separator.q = 1;
            return separator;
        }
        if (style.borderBottomWidth !== undefined) {
            var line = bar(null, length(style.borderBottomWidth, size), 0);
            if (has(node, "hdashline")) line.q = 1;
            return line;
        }
        return null;
    }

    function append(boxes, node, parent, around) {
        if (node instanceof katex.__domTree.SymbolNode) {
            if (node.text !== "\u200b") boxes.push(symbol(node, around));
            return;
        }
        var i;
        if (node.classes === undefined || node.style === undefined) {
            for (i = 0; node.children && i < node.children.length; ++i)
                append(boxes, node.children[i], parent, around);
            return;
        }
        if (has(node, "strut") || has(node, "pstrut")) return;
        var inside = within(node, parent, around);
        var box = shape(node, inside);
        if (box === null) {
            box = {k: "r", c: []};
            if (has(node, "cd-label-left")) box = {k: "l", a: kRight, c: []};
            if (has(node, "cd-label-right")) box = {k: "l", a: kLeft, c: []};
            for (i = 0; i < node.children.length; ++i) append(box.c, node.children[i], node, inside);
        }
        dress(box, node, parent, inside.size);
        // A row that says nothing of its own is its children.
        var plain = box.k === "r";
        for (var key in box) plain = plain && (key === "k" || key === "c");
        if (!plain) boxes.push(box);
        else for (i = 0; i < box.c.length; ++i) boxes.push(box.c[i]);
    }

    /// The formula as JSON: lines of parts between which it may break, and its number.
    global.formulaBoxes = function (tex, display) {
        var tree = katex.__renderToHTMLTree(tex, {
            displayMode: display === "display",
            throwOnError: true,
            trust: false,
            strict: "ignore",
            maxSize: 50,
            maxExpand: 500
        });
        var html = tree;
        while (!has(html, "katex-html")) html = html.children[0];
        var around = {
            size: 1,
            font: {family: "Main", bold: false, italic: false},
            align: display === "display" ? kCentre : kLeft
        };
        var formula = {lines: [[]]};
        for (var i = 0; i < html.children.length; ++i) {
            var child = html.children[i];
            if (has(child, "newline")) {
                formula.lines.push([]);
                continue;
            }
            var part = {k: "r", c: [], h: child.height, d: child.depth};
            for (var j = 0; j < child.children.length; ++j) append(part.c, child.children[j], child, around);
            if (has(child, "tag")) formula.tag = part;
            else formula.lines[formula.lines.length - 1].push(part);
        }
        return JSON.stringify(formula);
    };
})(this);
