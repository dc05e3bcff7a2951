#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "app/library/model_card.h"

namespace ponder::app {

/// The list of cards as bytes. They are for this version of Ponder alone: another one may find other
/// problems.
std::string cardBytes(const std::vector<ModelCard>& cards);
/// The list again; empty where the bytes are of another version or are not what cardBytes wrote.
std::vector<ModelCard> cardsFrom(std::string_view bytes);

/// The same in a file. One that cannot be read or written costs time only.
std::vector<ModelCard> readCards(const std::filesystem::path& file);
void writeCards(const std::filesystem::path& file, const std::vector<ModelCard>& cards);

} // namespace ponder::app
