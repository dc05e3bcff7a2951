#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "engine/engine.h"

namespace ponder::app {

/// How a person wants a model to be run; what is left out is chosen automatically.
struct RunChoice {
    int contextTokens = 0;
    std::optional<engine::CacheType> cacheType = {};
    std::optional<double> expertsInMemory = {};

    bool operator==(const RunChoice&) const = default;
};

/// What a plan is asked for under this choice.
engine::PlanRequest planRequest(const RunChoice& choice, int threads);

/// What a person chose for each model, by its path, in a file. One thread; a copy may be saved on another.
class RunChoices {
public:
    /// A file that is missing or cannot be read: nothing is chosen.
    explicit RunChoices(std::filesystem::path file);

    RunChoice of(const std::string& model) const;
    void set(const std::string& model, const RunChoice& choice);
    /// Writes the file. Throws Error when it cannot be written.
    void save() const;

    static std::string toJson(const std::map<std::string, RunChoice>& choices);
    /// Entries of an odd shape are left out.
    static std::map<std::string, RunChoice> parse(std::string_view json);

private:
    std::filesystem::path file_;
    std::map<std::string, RunChoice> choices_;
};

} // namespace ponder::app
