#include "engine/text/jinja/printing.h"

#include "engine/text/jinja/loop.h"
#include "engine/text/jinja/unicode.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace ponder::engine::jinja {

namespace {

void appendEscape(std::string& out, std::int32_t point) {
    std::array<char, 16> escape{};
    const char* format = point < 0x100 ? "\\x%02x" : point < 0x10000 ? "\\u%04x" : "\\U%08x";
    const int length = std::snprintf(escape.data(), escape.size(), format, static_cast<unsigned>(point));
    out.append(escape.data(), static_cast<std::size_t>(length));
}

/// One character of a string's repr.
std::string represented(std::int32_t point, char quote) {
    switch (point) {
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    case '\\':
        return "\\\\";
    default:
        break;
    }
    std::string text;
    if (point == quote)
        text = std::string("\\") + quote;
    else if (isPrintable(point))
        appendCodePoint(text, point);
    else
        appendEscape(text, point);
    return text;
}

void representString(Text& out, const String& string) {
    const std::string& bytes = string.text.bytes();
    const char quote =
        bytes.find('\'') != std::string::npos && bytes.find('"') == std::string::npos ? '"' : '\'';
    const std::string quotes(1, quote);
    if (string.escaped) out.append("Markup(", Origin::Markup);
    out.append(quotes, Origin::Markup);
    out.append(mapCharacters(string.text, [&](std::int32_t point) { return represented(point, quote); }));
    out.append(quotes, Origin::Markup);
    if (string.escaped) out.append(")", Origin::Markup);
}

class Writer {
public:
    Writer(Runtime& runtime, Text& out) : runtime_(runtime), out_(out) {}

    void represent(const Value& value) {
        runtime_.budget.work();
        runtime_.budget.demand(out_.size());
        if (const String* string = value.string())
            representString(out_, *string);
        else
            print(value);
    }

    void print(const Value& value) {
        if (value.isUndefined()) return;
        if (const String* string = value.string())
            out_.append(string->text);
        else if (value.isNone())
            mark("None");
        else if (const bool* truth = value.as<bool>())
            mark(*truth ? "True" : "False");
        else if (const auto* integer = value.as<std::int64_t>())
            mark(std::to_string(*integer));
        else if (const double* number = value.as<double>())
            mark(floatText(*number));
        else if (const List* list = value.list())
            printList(*list);
        else if (const Dict* dict = value.dict())
            printDict(*dict);
        else
            printObject(value);
    }

private:
    void mark(std::string_view text) { out_.append(text, Origin::Markup); }

    void printItems(const std::vector<Value>& items) {
        for (std::size_t i = 0; i < items.size(); ++i) {
            if (i > 0) mark(", ");
            represent(items[i]);
        }
    }

    void printList(const List& list) {
        switch (list.kind) {
        case ListKind::Generator:
            return mark("<" + list.generatorName + " object>");
        case ListKind::Range:
            mark("range(" + std::to_string(list.range[0]) + ", " + std::to_string(list.range[1]));
            if (list.range[2] != 1) mark(", " + std::to_string(list.range[2]));
            return mark(")");
        case ListKind::Tuple:
            mark("(");
            printItems(list.items);
            return mark(list.items.size() == 1 ? ",)" : ")");
        case ListKind::List:
            mark("[");
            printItems(list.items);
            return mark("]");
        case ListKind::Keys:
        case ListKind::Values:
        case ListKind::Items:
            mark(list.kind == ListKind::Keys     ? "dict_keys(["
                 : list.kind == ListKind::Values ? "dict_values(["
                                                 : "dict_items([");
            printItems(list.items);
            return mark("])");
        }
    }

    void printDict(const Dict& dict) {
        mark("{");
        for (std::size_t i = 0; i < dict.entries().size(); ++i) {
            if (i > 0) mark(", ");
            represent(dict.entries()[i].first);
            mark(": ");
            represent(dict.entries()[i].second);
        }
        mark("}");
    }

    void printObject(const Value& value) {
        if (const FunctionRef* function = value.as<FunctionRef>())
            return mark("<function " + (*function)->name + ">");
        if (const LoopRef* loop = value.as<LoopRef>()) {
            return mark("<LoopContext " + std::to_string((*loop)->index + 1) + "/" +
                        std::to_string((*loop)->length(runtime_)) + ">");
        }
        if (const NamespaceRef* space = value.as<NamespaceRef>()) printNamespace(**space);
    }

    void printNamespace(const Namespace& space) {
        // A namespace may hold itself.
        if (namespaces_ > 0) return mark("<Namespace {...}>");
        ++namespaces_;
        mark("<Namespace {");
        for (std::size_t i = 0; i < space.attributes.size(); ++i) {
            if (i > 0) mark(", ");
            represent(makeString(runtime_.budget, space.attributes[i].first));
            mark(": ");
            represent(space.attributes[i].second);
        }
        mark("}>");
        --namespaces_;
    }

    Runtime& runtime_;
    Text& out_;
    int namespaces_ = 0;
};

} // namespace

void printTo(Runtime& runtime, Text& out, const Value& value) {
    Writer(runtime, out).print(value);
    runtime.budget.demand(out.size());
}

void representTo(Runtime& runtime, Text& out, const Value& value) {
    Writer(runtime, out).represent(value);
    runtime.budget.demand(out.size());
}

Text textOf(Runtime& runtime, const Value& value) {
    if (const String* string = value.string()) return string->text;
    Text text;
    printTo(runtime, text, value);
    return text;
}

Value stringOf(Runtime& runtime, const Value& value) {
    if (value.string()) return value;
    return makeString(runtime.budget, textOf(runtime, value));
}

std::string floatText(double value) {
    if (std::isnan(value)) return "nan";
    if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
    std::array<char, 40> buffer{};
    const auto [end, error] =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific);
    const std::string_view scientific(buffer.data(), static_cast<std::size_t>(end - buffer.data()));

    const std::size_t mark = scientific.find('e');
    int exponent = 0;
    std::from_chars(scientific.data() + mark + (scientific[mark + 1] == '+' ? 2 : 1), end, exponent);
    std::string digits;
    for (char c : scientific.substr(0, mark)) {
        if (c >= '0' && c <= '9') digits += c;
    }
    const std::string sign = std::signbit(value) ? "-" : "";

    // Python's repr: an exponent below -4 or from 16 on.
    if (exponent < -4 || exponent >= 16) {
        std::string text = sign + digits[0];
        if (digits.size() > 1) text += "." + digits.substr(1);
        text += exponent < 0 ? "e-" : "e+";
        const std::string power = std::to_string(std::abs(exponent));
        return text + (power.size() < 2 ? "0" : "") + power;
    }
    if (exponent < 0) return sign + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
    const auto whole = static_cast<std::size_t>(exponent) + 1;
    if (digits.size() <= whole) return sign + digits + std::string(whole - digits.size(), '0') + ".0";
    return sign + digits.substr(0, whole) + "." + digits.substr(whole);
}

} // namespace ponder::engine::jinja
