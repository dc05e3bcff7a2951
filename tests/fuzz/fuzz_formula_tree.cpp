// The boxes of a formula come from a script that has read what a model wrote. Whatever they are, the reader
// takes them or leaves them, and what it takes can be laid out with lengths that are numbers.

#include "engine/support/check.h"
#include "tests/fuzz/fuzz_target.h"
#include "ui/math/formula_layout.h"
#include "ui/math/svg_path.h"

#include <QFont>
#include <QGuiApplication>

#include <cmath>

namespace ponder::ui {

namespace {

/// Fonts need an application, to the end: neither is ever taken down.
void beApplication() {
    static int count = 1;
    static char name[] = "fuzz_formula_tree";
    static char* arguments[] = {name, nullptr};
    static const auto* application = new QGuiApplication(count, arguments);
    CHECK(application != nullptr);
}

void checkPart(const FormulaPart& part) {
    for (qreal length : {part.x, part.y, part.width, part.height, part.depth}) CHECK(std::isfinite(length));
    for (const FormulaGlyphs& glyphs : part.glyphs) {
        CHECK(glyphs.run.glyphs.size() == glyphs.run.positions.size());
        CHECK(glyphs.size > 0);
    }
    for (const FormulaBar& bar : part.bars) CHECK(std::isfinite(bar.box.x() + bar.box.width()));
    for (const FormulaShape& shape : part.shapes) CHECK(std::isfinite(shape.path.boundingRect().width()));
}

} // namespace

} // namespace ponder::ui

void ponder::fuzz::tryInput(std::string_view input) {
    using namespace ponder::ui;
    beApplication();
    static const auto& fonts = *new std::shared_ptr<FormulaFonts>(std::make_shared<FormulaFonts>(QFont()));
    const QByteArray text(input.data(), qsizetype(input.size()));
    parseSvgPath(QString::fromUtf8(text));
    std::optional<FormulaTree> tree = readFormulaTree(text);
    if (!tree) return;
    const Formula formula = layOutFormula(std::move(*tree), fonts);
    for (const FormulaPart& part : formula.parts()) checkPart(part);
    checkPart(formula.tag());
}

std::vector<std::string> ponder::fuzz::seeds() {
    return {
        R"({"lines":[[{"k":"r","c":[{"k":"t","s":"x","f":"Math-Italic","z":1},{"k":"v","a":0,"c":[{"k":"r","c":[{"k":"t","s":"2","f":"Main-Regular","z":0.7}],"mr":0.05,"y":-0.4}]}],"h":0.86,"d":0}]]})",
        R"({"lines":[[{"k":"r","c":[{"k":"v","a":1,"c":[{"k":"r","c":[{"k":"b","h":0.04,"u":0}],"y":-0.2}]}],"h":1.1,"d":0.6}]],"tag":{"k":"r","c":[{"k":"t","s":"中","f":"Main-Bold","z":1,"cl":"#ff0000"}]}})",
        R"({"lines":[[{"k":"p","h":1.08,"m":0.8,"g":[{"x":0,"w":1,"v":[400000,1080],"a":"xMin","d":"M95,702\nc-2.7,0,-7.1,-2.7,-13,-8s-9-9-9-9H400000v40H845.2z"}]}],[{"k":"x","h":1.1,"e":[0.04,0.04,0.04,0.04],"bg":"red"}]]})",
        R"({"lines":[[{"k":"l","a":2,"c":[{"k":"p","h":1,"g":[{"x":0,"w":1,"a":"meet","l":[[0,0,1,1]],"t":0.046}]}]},{"k":"r","w":0,"dx":-0.2,"dy":0.1,"c":[]}]]})",
    };
}
