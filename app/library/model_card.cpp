#include "app/library/model_card.h"

#include <algorithm>
#include <cstdio>

namespace ponder::app {

namespace {

std::string oneDecimal(double value, const char* unit) {
    char text[64];
    std::snprintf(text, sizeof text, value < 9.95 ? "%.1f %s" : "%.0f %s", value, unit);
    return text;
}

std::string numberWord(std::size_t number) {
    return number == 2 ? "Two" : number == 3 ? "Three" : std::to_string(number);
}

std::string joined(const std::vector<std::string>& paths) {
    std::string text;
    for (const std::string& path : paths) text += (text.empty() ? "" : ", ") + path;
    return text;
}

} // namespace

ModelState ModelCard::state() const {
    return problem.empty() || found.state != ModelState::Ready ? found.state : ModelState::Unusable;
}

bool ModelCard::liesAt(const std::string& path) const {
    const auto isThere = [&](const FoundModel& model) {
        return model.path.string() == path ||
               std::find(model.otherPaths.begin(), model.otherPaths.end(), path) != model.otherPaths.end();
    };
    return isThere(found) || std::any_of(copies.begin(), copies.end(), isThere);
}

std::string placesLine(const ModelCard& card) {
    std::vector<std::string> copies{card.found.path.string()};
    for (const FoundModel& copy : card.copies) copies.push_back(copy.path.string());
    if (copies.size() > 1) return numberWord(copies.size()) + " copies: " + joined(copies);
    if (card.found.otherPaths.empty()) return {};
    std::vector<std::string> links = card.found.otherPaths;
    links.insert(links.begin(), card.found.path.string());
    return "One file, " + std::to_string(links.size()) + " names: " + joined(links);
}

std::string sizeText(std::uint64_t bytes) {
    const auto value = static_cast<double>(bytes);
    if (bytes >= 1'000'000'000) return oneDecimal(value / 1e9, "GB");
    if (bytes >= 1'000'000) return oneDecimal(value / 1e6, "MB");
    return oneDecimal(value / 1e3, "KB");
}

std::string countText(std::uint64_t count) {
    const auto value = static_cast<double>(count);
    if (count >= 1'000'000'000) return oneDecimal(value / 1e9, "billion");
    if (count >= 1'000'000) return oneDecimal(value / 1e6, "million");
    return std::to_string(count);
}

std::string cardLine(const engine::ModelInfo& info) {
    std::string line = info.architecture;
    if (info.parameters > 0) line += " · " + countText(info.parameters) + " parameters";
    if (!info.quantisation.empty()) line += " · " + info.quantisation;
    if (info.sizeBytes > 0) line += " · " + sizeText(info.sizeBytes);
    return line;
}

} // namespace ponder::app
