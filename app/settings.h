#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/conversation.h"

namespace ponder::app {

enum class ThemeChoice { System, Light, Dark, HighContrast };
enum class SendKey { Enter, ControlEnter };
/// Of the window; System: the desktop's, if Ponder speaks it.
enum class LanguageChoice { System, English, German, SimplifiedChinese };
enum class Motion { System, Full, Reduced };
enum class LongLines { Scroll, Wrap };
/// What happens when a chat no longer fits into the model's context.
enum class ContextPolicy { Ask, DropOldest, Summarise, Stop };
enum class ChatTitles { ByModel, FromPrompt };
/// What a model has worked out of a chat.
enum class Snapshots { Keep, None };
enum class Notify { LongAnswers, Never };

/// What the user set, typed. The defaults stand here and nowhere else; settings.cpp has one row for each that
/// gives it its name in settings.json and its limits.
struct Settings {
    ThemeChoice theme = ThemeChoice::System;
    int fontPixels = 15;
    LanguageChoice language = LanguageChoice::System; ///< from the next start on
    Motion motion = Motion::System;
    LongLines codeLines = LongLines::Scroll;
    SendKey sendKey = SendKey::Enter;
    Notify notify = Notify::LongAnswers;
    std::string systemPrompt;
    std::string defaultModel;              ///< path; empty: the starter model
    std::vector<std::string> modelFolders; ///< beside the ones found by themselves
    int contextTokens = 0;                 ///< 0: the model's, as far as memory allows
    int threads = 0;                       ///< 0: one a core
    int maximumTokens = 0;                 ///< of an answer; 0: until the context is full
    std::optional<float> temperature;      ///< empty: the model's own
    std::optional<float> topP;
    PastThoughts pastThoughts = PastThoughts::LeaveOut;
    ContextPolicy whenFull = ContextPolicy::Ask;
    ChatTitles chatTitles = ChatTitles::ByModel;  ///< after the first answer; until then from the prompt
    Snapshots snapshots = Snapshots::Keep;        ///< on the disk, for the next answer
    int unloadMinutes = 0;                        ///< idle time after which the model is let go; 0: never
    std::map<std::string, std::string> shortcuts; ///< command to keys, where they are the person's own
    std::string windowLayout; ///< size, place and sidebar as the window writes them, Base64

    bool operator==(const Settings&) const = default;
};

struct LoadedSettings {
    Settings settings;
    std::vector<std::string> notices; ///< what was odd in the file, one sentence each
};

/// Reads settings.json. A missing file gives the defaults; a value that makes no sense gives its default and
/// a notice; a file that is no JSON gives the defaults, a notice, and is left as it is. Never throws.
LoadedSettings loadSettings(const std::filesystem::path& file);

/// The names of all settings, as the file has them.
std::vector<std::string> settingNames();

/// The value of one setting as the file would have it, in JSON.
std::string settingText(const Settings& settings, const std::string& name);

/// Takes over a value written in JSON. False, and no change, where it makes no sense.
bool readSetting(Settings& settings, const std::string& name, const std::string& text);

/// Writes what differs from the defaults; names this version does not know stay in the file. Throws Error,
/// and then the old file is still there.
void saveSettings(const std::filesystem::path& file, const Settings& settings);

} // namespace ponder::app
