#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace ponder::app {

/// The command was written wrongly: exit code 2.
class UsageError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

struct OptionSpec {
    std::string name;      ///< "--max-tokens", or "-m"
    std::string valueName; ///< "N"; empty: a switch
    std::string help;
    std::string alias; ///< a second name, or empty
};

/// A command as its --help shows it and as its arguments are checked.
struct CommandSpec {
    std::string name;
    std::string operands; ///< "PROMPT | -"; empty: takes none
    std::string summary;
    std::vector<OptionSpec> options;
    std::size_t leastOperands = 0;
    std::size_t mostOperands = 0;
};

/// The options and operands of one call. Options may stand anywhere, as `--name value` or `--name=value`;
/// after `--` everything is an operand. Throws UsageError.
class Arguments {
public:
    Arguments(const CommandSpec& spec, const std::vector<std::string>& words);

    bool has(const std::string& option) const { return text(option).has_value(); }
    /// Given several times, the last one counts.
    std::optional<std::string> text(const std::string& option) const;
    /// Every value of an option that may be given several times, in order.
    std::vector<std::string> texts(const std::string& option) const;
    std::optional<std::int64_t> integer(const std::string& option, std::int64_t least,
                                        std::int64_t most) const;
    std::optional<double> number(const std::string& option, double least, double most) const;
    const std::vector<std::string>& operands() const { return operands_; }

private:
    struct Given {
        std::string option;
        std::string value;
    };
    std::string command_;
    std::vector<Given> given_;
    std::vector<std::string> operands_;
};

/// Usage, summary and options as text.
std::string helpText(const CommandSpec& spec);

} // namespace ponder::app
