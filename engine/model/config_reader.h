#pragma once

#include "engine/format/gguf_file.h"
#include "engine/support/error.h"

#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace ponder::engine {

/// Reads a model's numbers, `architecture.key`, with a limit on each. Every reader throws Error that names
/// key, value and limit. Keeps a reference to the file.
class ConfigReader {
public:
    ConfigReader(const GgufFile& file, std::string architecture)
        : file_(file), architecture_(std::move(architecture)) {}

    std::string key(std::string_view name) const { return architecture_ + "." + std::string(name); }

    template <typename Value>
    [[noreturn]] void refuse(std::string_view name, Value value, const std::string& must) const {
        std::ostringstream text;
        text << "\"" << key(name) << "\" is " << value << ", it must be " << must
             << ". The model file is damaged or made for another program; download it again.";
        throw Error(text.str());
    }

    /// Empty: the key is absent.
    std::optional<int> count(std::string_view name, int least, int most) const;
    int neededCount(std::string_view name, int least, int most) const;
    double number(std::string_view name, double fallback, double above, double most) const;
    std::optional<bool> flag(std::string_view name) const { return file_.boolean(key(name)); }
    std::optional<std::string_view> text(std::string_view name) const { return file_.string(key(name)); }
    /// True or false for every layer; the list may go on for all `blocks`, those behind the trunk among them.
    /// Empty: the key is absent.
    std::optional<std::vector<bool>> flagPerLayer(std::string_view name, int layers, int blocks) const;
    /// A number for every layer: one for all, or an array as long as the model is deep.
    std::vector<int> perLayer(std::string_view name, int layers, int fallback, int least, int most) const;

private:
    const GgufFile& file_;
    std::string architecture_;
};

} // namespace ponder::engine
