#pragma once

#include "engine/format/gguf_file.h"
#include "engine/support/error.h"

#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace ponder::engine {

constexpr int kMostWidth = 1 << 20;
constexpr int kMostHeads = 4096;
constexpr int kMostContext = 1 << 24;

/// Reads `architecture.key` with a limit on every number. Throws Error that names key, value and limit.
/// Keeps a reference to the file.
class ConfigReader {
public:
    ConfigReader(const GgufFile& file, std::string architecture)
        : file_(file), architecture_(std::move(architecture)) {}

    std::string key(std::string_view name) const { return architecture_ + "." + std::string(name); }

    template <typename Value>
    [[noreturn]] void refuse(std::string_view name, Value value, const std::string& must) const {
        std::ostringstream shown;
        shown << value;
        refuseText(name, shown.str(), must);
    }

    /// Empty: the key is absent.
    std::optional<int> count(std::string_view name, int least, int most) const;
    int neededCount(std::string_view name, int least, int most) const;
    /// `fallback` where the key is absent; otherwise above < number <= most.
    double number(std::string_view name, double fallback, double above, double most) const;
    std::optional<bool> flag(std::string_view name) const { return file_.boolean(key(name)); }
    std::optional<std::string_view> text(std::string_view name) const { return file_.string(key(name)); }

    /// A number for every layer: one for all, or an array as long as the model is deep, its blocks for
    /// multi-token prediction counted or not.
    std::vector<int> perLayer(std::string_view name, int layers, int fallback, int least, int most) const;
    /// The same for numbers from 0 to `most` that need not be whole; 0 where the key is absent.
    std::vector<float> numberPerLayer(std::string_view name, int layers, float most) const;

    /// True or false for every layer, as long as `perLayer` takes. Empty: the key is absent.
    std::optional<std::vector<bool>> flagPerLayer(std::string_view name, int layers) const;

    /// Whether any tensor's name contains `part`.
    bool hasTensorNamed(std::string_view part) const;

private:
    [[noreturn]] void refuseText(std::string_view name, const std::string& value,
                                 const std::string& must) const;
    void checkLength(std::string_view name, std::size_t count, int layers) const;

    const GgufFile& file_;
    std::string architecture_;
};

} // namespace ponder::engine
