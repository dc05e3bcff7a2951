#include <cstdlib>
#include <memory>
#include <ostream>

#include <QGuiApplication>

#include "app/cli/commands.h"
#include "app/exchange/export_bundle.h"
#include "app/store/chat_store.h"

namespace ponder::app {

namespace {

/// Fonts to draw with, where there is no window: no display is asked for.
std::unique_ptr<QGuiApplication> fontsWithoutDisplay() {
    if (QCoreApplication::instance()) return nullptr;
    ::setenv("QT_QPA_PLATFORM", "offscreen", 1);
    // Remarks on a desktop that is not there are no news to somebody in a terminal.
    qInstallMessageHandler([](QtMsgType, const QMessageLogContext&, const QString&) {});
    static int count = 1;
    static char name[] = "ponder";
    static char* words[] = {name, nullptr};
    return std::make_unique<QGuiApplication>(count, words);
}

std::vector<std::string> chatsToExport(const Arguments& arguments, ChatStore* store) {
    const std::optional<std::string> chat = arguments.text("--chat");
    const std::optional<std::string> folder = arguments.text("--folder");
    std::vector<std::string> ids;
    if (store) {
        for (const ChatHeader& header : store->chats())
            if ((!chat || header.id == *chat) && (!folder || header.folder == *folder))
                ids.push_back(header.id);
    }
    if (chat && ids.empty())
        throw engine::Error("There is no chat " + *chat + ". `ponder search` shows the names of chats.");
    if (folder && ids.empty())
        throw engine::Error("There is no folder \"" + *folder + "\" with chats in it. Check its name.");
    return ids;
}

std::vector<Conversation> loaded(const std::vector<std::string>& ids, ChatStore* store) {
    std::vector<Conversation> chats;
    for (const std::string& id : ids)
        if (auto chat = store->load(id)) chats.push_back(std::move(*chat));
    return chats;
}

int runExport(const Arguments& arguments, CommandContext& context) {
    const auto out = arguments.text("--out");
    const ExportFormat* const format = exportFormat(arguments.text("--format").value_or(""));
    if (!format) throw UsageError("--format must be md, html, pdf, txt or json. See `ponder export --help`.");
    if (!out)
        throw UsageError(
            "ponder export needs --out PATH (- writes to the terminal). See `ponder export --help`.");
    if (arguments.has("--chat") && arguments.has("--folder"))
        throw UsageError("Give --chat or --folder, not both. See `ponder export --help`.");
    std::optional<ChatStore> store;
    if (std::filesystem::exists(context.paths.chatFile())) {
        store.emplace(context.paths.chatFile().string());
        for (const std::string& notice : store->notices()) context.complaints << "ponder: " << notice << "\n";
    }
    const std::vector<std::string> ids = chatsToExport(arguments, store ? &*store : nullptr);
    const auto fonts = format->isDrawn ? fontsWithoutDisplay() : nullptr;
    if (*out == "-") {
        context.output << format->write(loaded(ids, store ? &*store : nullptr), nowMilliseconds());
        return 0;
    }
    const ExportShape shape = exportShape(*out, *format, ids.size());
    ExportBundle bundle(*format, shape, *out, nowMilliseconds());
    for (const std::string& id : ids)
        if (auto chat = store->load(id)) bundle.add(std::move(*chat));
    bundle.finish();
    context.complaints << ids.size() << (ids.size() == 1 ? " chat" : " chats") << " written to " << *out
                       << "\n";
    return 0;
}

} // namespace

Command exportCommand() {
    return {{.name = "export",
             .operands = "",
             .summary =
                 "Writes one chat, a folder of them, or all. PATH is a file for one chat and for JSON, which "
                 "keeps everything: branches, thoughts, dates, timings. Several chats in another format "
                 "become a new folder with a file each, or a zip if PATH ends in .zip, or one file if it "
                 "ends as the format does.",
             .options = {{"--format", "md|html|pdf|txt|json", "the format", ""},
                         {"--chat", "ID", "only this chat", ""},
                         {"--folder", "NAME", "only the chats in this folder of the sidebar", ""},
                         {"--out", "PATH", "where to, - for the terminal", ""},
                         dataFolderOption()},
             .leastOperands = 0,
             .mostOperands = 0},
            runExport};
}

} // namespace ponder::app
