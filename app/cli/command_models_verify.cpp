#include <nlohmann/json.hpp>
#include <ostream>

#include "app/cli/models_json.h"
#include "app/library/hash_cache.h"
#include "app/library/model_names.h"

namespace ponder::app {

namespace {

using nlohmann::ordered_json;

struct Checked {
    std::string path;
    std::string sha256;
    std::string expected;
    HashVerdict verdict = HashVerdict::Unknown;
};

std::string_view verdictName(HashVerdict verdict) {
    switch (verdict) {
    case HashVerdict::Verified:
        return "verified";
    case HashVerdict::Differs:
        return "differs";
    case HashVerdict::Unchecked:
        return "unchecked";
    case HashVerdict::Unknown:
        break;
    }
    return "unknown";
}

std::string sentence(const Checked& file) {
    switch (file.verdict) {
    case HashVerdict::Verified:
        return "It is what it should be.";
    case HashVerdict::Differs:
        return "It should be " + file.expected + ": the file is damaged or was changed. Download it again.";
    default:
        return "There is nothing to compare it with; its publisher's page may name the right one.";
    }
}

Checked check(const ModelFile& file, const std::string& given, CommandContext& context) {
    const auto progress = [&](std::uint64_t done) {
        if (context.outputIsTerminal)
            context.complaints << "\r" << sizeText(done) << " of " << sizeText(file.stamp.sizeBytes) << "   "
                               << std::flush;
    };
    // Computed in any case: a disk may have changed the content and kept the date.
    const auto hash = hashFile(file.path, progress, {});
    if (context.outputIsTerminal) context.complaints << "\r" << std::string(40, ' ') << "\r";
    HashCache(context.paths.modelHashes()).add(file.path, *hash);
    Checked checked{file.path, hash->sha256, given.empty() ? expectedHash(file.path) : given, {}};
    checked.verdict = compareHash(checked.sha256, checked.expected);
    return checked;
}

int runVerify(const Arguments& arguments, CommandContext& context) {
    const FoundModel model = chooseListed(arguments.operands().front(), installedModels(context));
    const std::string given = lowered(arguments.text("--sha256").value_or(""));
    if (!given.empty() && (sha256In(given).empty() || model.files.size() > 1))
        throw UsageError(
            "--sha256 needs the 64 digits of a model in one file. See `ponder models verify --help`.");
    std::vector<Checked> files;
    for (const ModelFile& file : model.files) files.push_back(check(file, sha256In(given), context));
    bool differs = false;
    ordered_json list = ordered_json::array();
    for (const Checked& file : files) {
        differs = differs || file.verdict == HashVerdict::Differs;
        list.push_back({{"path", file.path},
                        {"sha256", file.sha256},
                        {"expected", file.expected},
                        {"verdict", verdictName(file.verdict)}});
        if (!arguments.has("--json"))
            context.output << file.sha256 << "  " << plainForTerminal(file.path) << "\n"
                           << sentence(file) << "\n";
    }
    if (arguments.has("--json")) context.output << jsonText({{"name", model.name}, {"files", list}}) << "\n";
    return differs ? 1 : 0;
}

} // namespace

Command modelsVerifyCommand() {
    return {{.name = "models verify",
             .operands = "NAME",
             .summary = "Reads a model's files whole and compares their SHA-256 with what their place says. "
                        "Exit code 1 where they differ.",
             .options = {{"--sha256", "H", "compare with this one", ""},
                         {"--json", "", "write one JSON object", ""},
                         dataFolderOption()},
             .leastOperands = 1,
             .mostOperands = 1},
            runVerify};
}

} // namespace ponder::app
