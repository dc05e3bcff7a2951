#include "app/chat_options_controller.h"

#include <algorithm>

#include "ui/dialogs/chat_options_dialog.h"

namespace ponder::app {

namespace {

constexpr const char* kPresets = "presets";

} // namespace

ChatOptionsController::ChatOptionsController(StoreThread& store, ModelController& models,
                                             ChatController& chats, ui::Theme& theme, ui::MainWindow& window)
    : store_(store), models_(models), chats_(chats), theme_(theme), window_(window) {
    connect(&window_, &ui::MainWindow::chatOptionsRequested, this, &ChatOptionsController::open);
}

ChatOptions ChatOptionsController::here() const {
    return {chats_.openConversation().header.system, chats_.settingsHere()};
}

QStringList ChatOptionsController::names() const {
    QStringList names;
    for (const Preset& preset : presets_) names << QString::fromStdString(preset.name);
    return names;
}

void ChatOptionsController::open() {
    auto* dialog =
        new ui::ChatOptionsDialog(theme_, chatOptionRows(here(), models_.info()), names(), &window_);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    store_.ask<std::string>(
        dialog, [](ChatStore& store) { return store.remembered(kPresets); },
        [this, dialog](const std::string& text) {
            presets_ = presetsFrom(text);
            dialog->setPresets(names());
        });
    connect(dialog, &ui::ChatOptionsDialog::chosen, this,
            [this, dialog](const QString& id, const QVariant& value) {
                ChatOptions options = here();
                if (applyChatOption(options, id, value)) change(*dialog, options);
            });
    const auto find = [this](const QString& name) {
        return std::find_if(presets_.begin(), presets_.end(),
                            [&](const Preset& preset) { return preset.name == name.toStdString(); });
    };
    connect(dialog, &ui::ChatOptionsDialog::presetChosen, this, [this, dialog, find](const QString& name) {
        if (const auto preset = find(name); preset != presets_.end()) change(*dialog, preset->options);
    });
    connect(dialog, &ui::ChatOptionsDialog::presetSaved, this, [this, dialog, find](const QString& name) {
        std::vector<Preset> presets = presets_;
        if (const auto preset = find(name); preset != presets_.end())
            presets[std::size_t(preset - presets_.begin())].options = here();
        else
            presets.push_back({name.toStdString(), here()});
        keep(*dialog, std::move(presets));
    });
    connect(dialog, &ui::ChatOptionsDialog::presetDeleted, this, [this, dialog](const QString& name) {
        std::vector<Preset> presets = presets_;
        std::erase_if(presets, [&](const Preset& preset) { return preset.name == name.toStdString(); });
        keep(*dialog, std::move(presets));
    });
    dialog->open();
}

void ChatOptionsController::change(ui::ChatOptionsDialog& dialog, const ChatOptions& options) {
    chats_.changeSettings(options.system, options.settings);
    dialog.setOptions(chatOptionRows(here(), models_.info()));
}

void ChatOptionsController::keep(ui::ChatOptionsDialog& dialog, std::vector<Preset> presets) {
    presets_ = std::move(presets);
    dialog.setPresets(names());
    store_.run([text = presetsText(presets_)](ChatStore& store) { store.remember(kPresets, text); });
}

} // namespace ponder::app
