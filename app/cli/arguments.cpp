#include "app/cli/arguments.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace ponder::app {

namespace {

const OptionSpec* findOption(const CommandSpec& spec, const std::string& name) {
    for (const OptionSpec& option : spec.options)
        if (option.name == name || (!option.alias.empty() && option.alias == name)) return &option;
    return nullptr;
}

std::string optionLine(const OptionSpec& option) {
    std::string line = option.alias.empty() ? option.name : option.alias + ", " + option.name;
    if (!option.valueName.empty()) line += " " + option.valueName;
    return line;
}

} // namespace

Arguments::Arguments(const CommandSpec& spec, const std::vector<std::string>& words) : command_(spec.name) {
    const std::string seeHelp = " See `ponder " + spec.name + " --help`.";
    bool optionsEnded = false;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& word = words[i];
        if (optionsEnded || word.size() < 2 || word[0] != '-') {
            operands_.push_back(word);
            continue;
        }
        if (word == "--") {
            optionsEnded = true;
            continue;
        }
        const std::size_t equals = word.starts_with("--") ? word.find('=') : std::string::npos;
        const std::string name = word.substr(0, equals);
        const OptionSpec* option = findOption(spec, name);
        if (!option) throw UsageError("ponder " + spec.name + " has no option " + name + "." + seeHelp);
        Given given{option->name, {}};
        if (option->valueName.empty()) {
            if (equals != std::string::npos) throw UsageError(name + " takes no value." + seeHelp);
        } else if (equals != std::string::npos) {
            given.value = word.substr(equals + 1);
        } else if (i + 1 < words.size()) {
            given.value = words[++i];
        } else {
            throw UsageError(name + " needs a value: " + optionLine(*option) + "." + seeHelp);
        }
        given_.push_back(std::move(given));
    }
    if (operands_.size() < spec.leastOperands)
        throw UsageError("ponder " + spec.name + " needs " + spec.operands + "." + seeHelp);
    if (operands_.size() > spec.mostOperands)
        throw UsageError("ponder " + spec.name + " does not know what to do with \"" +
                         operands_[spec.mostOperands] + "\". Put a text with spaces in quotes." + seeHelp);
}

std::optional<std::string> Arguments::text(const std::string& option) const {
    const std::vector<std::string> all = texts(option);
    return all.empty() ? std::nullopt : std::optional(all.back());
}

std::vector<std::string> Arguments::texts(const std::string& option) const {
    std::vector<std::string> all;
    for (const Given& given : given_)
        if (given.option == option) all.push_back(given.value);
    return all;
}

std::optional<std::int64_t> Arguments::integer(const std::string& option, std::int64_t least,
                                               std::int64_t most) const {
    const auto value = text(option);
    if (!value) return std::nullopt;
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(value->data(), value->data() + value->size(), number);
    if (error != std::errc() || end != value->data() + value->size() || number < least || number > most)
        throw UsageError(option + " must be a whole number from " + std::to_string(least) + " to " +
                         std::to_string(most) + ", not \"" + *value + "\".");
    return number;
}

std::optional<double> Arguments::number(const std::string& option, double least, double most) const {
    const auto value = text(option);
    if (!value) return std::nullopt;
    double number = 0;
    const auto [end, error] = std::from_chars(value->data(), value->data() + value->size(), number);
    if (error != std::errc() || end != value->data() + value->size() || !std::isfinite(number) ||
        number < least || number > most)
        throw UsageError(option + " must be a number from " + std::to_string(static_cast<int>(least)) +
                         " to " + std::to_string(static_cast<int>(most)) + ", not \"" + *value + "\".");
    return number;
}

std::string helpText(const CommandSpec& spec) {
    std::string text = "Usage: ponder " + spec.name;
    if (!spec.options.empty()) text += " [options]";
    if (!spec.operands.empty()) text += " " + spec.operands;
    text += "\n" + spec.summary + "\n";
    if (spec.options.empty()) return text;
    std::size_t width = 0;
    for (const OptionSpec& option : spec.options) width = std::max(width, optionLine(option).size());
    text += "\n";
    for (const OptionSpec& option : spec.options) {
        const std::string line = optionLine(option);
        text += "  " + line + std::string(width - line.size() + 2, ' ') + option.help + "\n";
    }
    return text;
}

} // namespace ponder::app
