#include "ui/math/formulas.h"

#include "ui/math/formula_layout.h"

#include <algorithm>

namespace ponder::ui {

namespace {

constexpr int kKeptBytes = 4 * 1024 * 1024;
// Formulas come one by one; the text around them is laid out anew for several at a time.
constexpr int kReadyDelay = 40; // ms
constexpr size_t kMostWaiting = 256;
// So that the worker never waits for us, and what becomes more urgent is not behind many.
constexpr qsizetype kBegunAtOnce = 3;

QStringList scriptsFor(const QString& tex) {
    QStringList scripts{QStringLiteral(":/scripts/katex.js")};
    const bool chemistry = tex.contains(u"\\ce") || tex.contains(u"\\pu");
    if (chemistry) scripts.append(QStringLiteral(":/scripts/mhchem.js"));
    scripts.append(QStringLiteral(":/scripts/formula_boxes.js"));
    return scripts;
}

/// About what a laid out formula takes in memory.
int bytesOf(const Formula& formula) {
    qsizetype bytes = 256;
    for (const FormulaPart& part : formula.parts()) {
        bytes += qsizetype(sizeof(FormulaPart));
        for (const FormulaGlyphs& glyphs : part.glyphs) bytes += 128 + glyphs.run.glyphs.size() * 20;
        bytes += qsizetype(part.bars.size() * sizeof(FormulaBar));
        for (const FormulaShape& shape : part.shapes) bytes += 256 + shape.path.elementCount() * 24;
    }
    return int(bytes);
}

} // namespace

FormulaSource formulaSource(QStringView withDollars) {
    FormulaSource source;
    const bool display = withDollars.startsWith(u"$$") && withDollars.endsWith(u"$$");
    const qsizetype dollars = display ? 2 : 1;
    if (withDollars.size() < 2 * dollars) return source;
    source.style = display ? FormulaStyle::Display : FormulaStyle::Inline;
    source.tex = withDollars.sliced(dollars, withDollars.size() - 2 * dollars).toString();
    source.tex.replace(QChar(QChar::LineSeparator), u'\n');
    source.tex = source.tex.trimmed();
    return source;
}

Formulas::Formulas(ScriptWorker& scripts, const QFont& text, QObject* parent)
    : QObject(parent), scripts_(scripts), fonts_(std::make_shared<FormulaFonts>(text)), known_(kKeptBytes) {
    readyTimer_.setSingleShot(true);
    readyTimer_.setInterval(kReadyDelay);
    connect(&readyTimer_, &QTimer::timeout, this, &Formulas::ready);
}

Formulas::~Formulas() = default;

Formulas::Answer Formulas::find(const FormulaSource& source) const {
    if (const Known* known = known_.object(source)) return {known->formula, false, known->failure};
    if (source.tex.isEmpty()) return {};
    if (source.tex.size() > kLongestSource) return {{}, false, tr("This formula is too long to be drawn.")};
    return {{}, true, {}};
}

void Formulas::ask(const FormulaSource& source) {
    if (!find(source).pending || begun_.contains(source)) return;
    std::erase(waiting_, source);
    waiting_.push_back(source);
    if (waiting_.size() > kMostWaiting) waiting_.pop_front();
    begin();
}

void Formulas::begin() {
    while (!waiting_.empty() && begun_.size() < kBegunAtOnce) {
        const FormulaSource source = std::move(waiting_.back());
        waiting_.pop_back();
        begun_.insert(source);
        const QString style = source.style == FormulaStyle::Display ? QStringLiteral("display") : QString();
        scripts_.call({.scripts = scriptsFor(source.tex),
                       .function = QStringLiteral("formulaBoxes"),
                       .arguments = {source.tex, style}},
                      this, [this, source](const ScriptAnswer& answer) { take(source, answer); });
    }
}

void Formulas::take(const FormulaSource& source, const ScriptAnswer& answer) {
    begun_.remove(source);
    begin();
    auto known = std::make_unique<Known>();
    if (answer.end == ScriptEnd::Done) {
        std::optional<FormulaTree> tree = readFormulaTree(answer.text.toUtf8());
        if (tree) known->formula = layOutFormula(std::move(*tree), fonts_);
    }
    if (known->formula.isNull()) {
        known->failure = answer.end == ScriptEnd::TooSlow
                             ? tr("This formula takes too long to be drawn.")
                             : tr("This formula could not be read. Its source is shown.");
    }
    const int bytes = bytesOf(known->formula) + int(source.tex.size()) * 2;
    known_.insert(source, known.release(), std::min(bytes, kKeptBytes / 4));
    if (!readyTimer_.isActive()) readyTimer_.start();
}

} // namespace ponder::ui
