#include "engine/format/split_model.h"

#include "engine/format/gguf_problem.h"

#include <cstdio>
#include <string_view>
#include <unistd.h>

namespace ponder::engine {

namespace {

constexpr std::int64_t kMostParts = 1000;
constexpr std::string_view kTogether = "Keep all parts of the model in one folder, under their own names.";

[[noreturn]] void refuse(const GgufPart& part, const std::string& what, std::string_view key) {
    const MetadataEntry* entry = part.metadata->find(key);
    refuseFile({.path = part.file.path(),
                .sizeBytes = part.file.sizeBytes(),
                .offset = entry ? entry->fileOffset : 0},
               GgufProblem::Split, what, kTogether);
}

std::int64_t number(const GgufPart& part, std::string_view key, std::int64_t most) {
    return part.metadata->integer(key, 0, most).value_or(0);
}

std::string suffix(std::int64_t index, std::int64_t count) {
    char text[40];
    std::snprintf(text, sizeof text, "-%05d-of-%05d.gguf", static_cast<int>(index + 1),
                  static_cast<int>(count));
    return text;
}

std::string partOf(std::int64_t index, std::int64_t count) {
    return "part " + std::to_string(index + 1) + " of " + std::to_string(count);
}

void checkSame(const GgufPart& first, const GgufPart& part, std::string_view key, std::int64_t most) {
    const std::int64_t wanted = number(first, key, most);
    const std::int64_t found = number(part, key, most);
    if (wanted == found) return;
    refuse(part,
           quoted(key) + " is " + std::to_string(found) + ", the first part has " + std::to_string(wanted) +
               ": it belongs to another model",
           key);
}

void checkBelongs(const GgufPart& first, const GgufPart& part, std::int64_t index, std::int64_t count) {
    const std::int64_t no = number(part, "split.no", INT64_MAX);
    if (no != index || !part.metadata->find("split.no")) {
        refuse(part,
               "\"split.no\" is " + std::to_string(no) + ", it must be " + std::to_string(index) + " in " +
                   partOf(index, count),
               "split.no");
    }
    checkSame(first, part, "split.count", INT64_MAX);
    checkSame(first, part, "split.tensors.count", INT64_MAX);
    constexpr std::string_view kArchitecture = "general.architecture";
    if (!part.metadata->find(kArchitecture) || !first.metadata->find(kArchitecture)) return;
    const auto wanted = *first.metadata->string(kArchitecture, UINT64_MAX);
    const auto found = *part.metadata->string(kArchitecture, UINT64_MAX);
    if (wanted == found) return;
    refuse(part,
           quoted(kArchitecture) + " is " + quoted(found) + ", the first part has " + quoted(wanted) +
               ": it belongs to another model",
           kArchitecture);
}

void checkTensorTotal(const GgufPart& first, const std::vector<std::unique_ptr<GgufPart>>& others) {
    std::size_t total = first.tensors.size();
    for (const auto& part : others) total += part->tensors.size();
    const std::int64_t claimed = number(first, "split.tensors.count", INT64_MAX);
    if (!first.metadata->find("split.tensors.count") || static_cast<std::uint64_t>(claimed) == total) return;
    refuse(first,
           "\"split.tensors.count\" is " + std::to_string(claimed) + ", but the parts hold " +
               std::to_string(total) + " tensors",
           "split.tensors.count");
}

} // namespace

std::vector<std::unique_ptr<GgufPart>> openOtherParts(const GgufPart& first) {
    const std::int64_t count = number(first, "split.count", INT64_MAX);
    const std::int64_t no = number(first, "split.no", INT64_MAX);
    // Files merged from parts keep the keys, with a count of 0.
    if (count <= 1 && no == 0) return {};
    if (no >= count) {
        refuse(first,
               "\"split.no\" is " + std::to_string(no) + ", it must be less than \"split.count\", " +
                   std::to_string(count),
               "split.no");
    }
    if (count > kMostParts) {
        refuse(first,
               "\"split.count\" is " + std::to_string(count) + ", at most " + std::to_string(kMostParts) +
                   " parts are allowed",
               "split.count");
    }
    if (no != 0) refuse(first, "it is " + partOf(no, count) + ", open the first part instead", "split.no");
    const std::string& path = first.file.path();
    if (!path.ends_with(suffix(0, count))) {
        refuse(first, "it is " + partOf(0, count) + ", so its name must end with " + suffix(0, count),
               "split.count");
    }
    const std::string stem = path.substr(0, path.size() - suffix(0, count).size());
    std::vector<std::unique_ptr<GgufPart>> others;
    for (std::int64_t i = 1; i < count; ++i) {
        const std::string name = stem + suffix(i, count);
        if (::access(name.c_str(), F_OK) != 0) {
            refuse(first, partOf(i, count) + " is missing, " + quoted(name), "split.count");
        }
        others.push_back(openPart(InputFile(name)));
        checkBelongs(first, *others.back(), i, count);
    }
    checkTensorTotal(first, others);
    return others;
}

} // namespace ponder::engine
