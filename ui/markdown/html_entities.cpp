#include "ui/markdown/html_entities.h"

#include <QHash>

namespace ponder::ui {

namespace {

const QHash<QString, char16_t>& names() {
    static const QHash<QString, char16_t> table{
        {"amp", u'&'},         {"lt", u'<'},        {"gt", u'>'},        {"quot", u'"'},
        {"apos", u'\''},       {"nbsp", u'\u00a0'}, {"copy", u'©'},      {"reg", u'®'},
        {"trade", u'™'},       {"hellip", u'…'},    {"mdash", u'—'},     {"ndash", u'–'},
        {"lsquo", u'‘'},       {"rsquo", u'’'},     {"ldquo", u'“'},     {"rdquo", u'”'},
        {"laquo", u'«'},       {"raquo", u'»'},     {"bull", u'•'},      {"middot", u'·'},
        {"times", u'×'},       {"divide", u'÷'},    {"plusmn", u'±'},    {"minus", u'−'},
        {"deg", u'°'},         {"micro", u'µ'},     {"para", u'¶'},      {"sect", u'§'},
        {"euro", u'€'},        {"pound", u'£'},     {"yen", u'¥'},       {"cent", u'¢'},
        {"frac12", u'½'},      {"frac14", u'¼'},    {"frac34", u'¾'},    {"sup1", u'¹'},
        {"sup2", u'²'},        {"sup3", u'³'},      {"larr", u'←'},      {"uarr", u'↑'},
        {"rarr", u'→'},        {"darr", u'↓'},      {"harr", u'↔'},      {"rArr", u'⇒'},
        {"hArr", u'⇔'},        {"le", u'≤'},        {"ge", u'≥'},        {"ne", u'≠'},
        {"asymp", u'≈'},       {"equiv", u'≡'},     {"infin", u'∞'},     {"sum", u'∑'},
        {"prod", u'∏'},        {"radic", u'√'},     {"int", u'∫'},       {"part", u'∂'},
        {"nabla", u'∇'},       {"isin", u'∈'},      {"notin", u'∉'},     {"cap", u'∩'},
        {"cup", u'∪'},         {"sub", u'⊂'},       {"sup", u'⊃'},       {"forall", u'∀'},
        {"exist", u'∃'},       {"empty", u'∅'},     {"and", u'∧'},       {"or", u'∨'},
        {"not", u'¬'},         {"alpha", u'α'},     {"beta", u'β'},      {"gamma", u'γ'},
        {"delta", u'δ'},       {"epsilon", u'ε'},   {"theta", u'θ'},     {"lambda", u'λ'},
        {"mu", u'μ'},          {"pi", u'π'},        {"sigma", u'σ'},     {"phi", u'φ'},
        {"omega", u'ω'},       {"Delta", u'Δ'},     {"Sigma", u'Σ'},     {"Omega", u'Ω'},
        {"auml", u'ä'},        {"ouml", u'ö'},      {"uuml", u'ü'},      {"Auml", u'Ä'},
        {"Ouml", u'Ö'},        {"Uuml", u'Ü'},      {"szlig", u'ß'},     {"eacute", u'é'},
        {"egrave", u'è'},      {"agrave", u'à'},    {"ccedil", u'ç'},    {"shy", u'\u00ad'},
        {"zwj", u'\u200d'},    {"zwnj", u'\u200c'}, {"ensp", u'\u2002'}, {"emsp", u'\u2003'},
        {"thinsp", u'\u2009'},
    };
    return table;
}

} // namespace

QString decodeEntity(QStringView entity) {
    if (!entity.startsWith(u'&') || !entity.endsWith(u';') || entity.size() < 3) return entity.toString();
    const QStringView name = entity.sliced(1, entity.size() - 2);
    if (name.startsWith(u'#')) {
        const bool hexadecimal = name.size() > 1 && (name[1] == u'x' || name[1] == u'X');
        bool valid = false;
        const uint code = hexadecimal ? name.sliced(2).toUInt(&valid, 16) : name.sliced(1).toUInt(&valid, 10);
        const bool scalar = valid && code != 0 && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
        const char32_t character = scalar ? char32_t(code) : U'\uFFFD';
        return QString::fromUcs4(&character, 1);
    }
    const auto found = names().find(name.toString());
    return found == names().end() ? entity.toString() : QString(QChar(*found));
}

} // namespace ponder::ui
