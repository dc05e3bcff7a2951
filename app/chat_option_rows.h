#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/chat_settings.h"
#include "ui/dialogs/setting.h"

namespace ponder::app {

/// A chat's system prompt and settings together: what a preset keeps.
struct ChatOptions {
    std::string system;
    ChatSettings settings;

    bool operator==(const ChatOptions&) const = default;
};

/// The options as their dialog shows them. `model`: the loaded one, for what it offers; none: everything.
std::vector<ui::Setting> chatOptionRows(const ChatOptions& options,
                                        const std::optional<engine::ModelInfo>& model);

/// Takes a value over from the dialog. False, and no change, where it makes no sense.
bool applyChatOption(ChatOptions& options, const QString& id, const QVariant& value);

struct Preset {
    std::string name;
    ChatOptions options;

    bool operator==(const Preset&) const = default;
};

/// As the store keeps them: JSON. What makes no sense is left out.
std::string presetsText(const std::vector<Preset>& presets);
std::vector<Preset> presetsFrom(std::string_view text);

} // namespace ponder::app
