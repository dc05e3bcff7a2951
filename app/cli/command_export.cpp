#include <ostream>

#include "app/atomic_file.h"
#include "app/cli/commands.h"
#include "app/exchange/export_formats.h"
#include "app/store/chat_store.h"

namespace ponder::app {

namespace {

std::vector<Conversation> chatsToExport(const Arguments& arguments, CommandContext& context) {
    const std::optional<std::string> wanted = arguments.text("--chat");
    std::vector<Conversation> chats;
    if (std::filesystem::exists(context.paths.chatFile())) {
        ChatStore store(context.paths.chatFile().string());
        for (const std::string& notice : store.notices()) context.complaints << "ponder: " << notice << "\n";
        for (const ChatHeader& header : store.chats()) {
            if (wanted && header.id != *wanted) continue;
            if (auto chat = store.load(header.id)) chats.push_back(std::move(*chat));
        }
    }
    if (wanted && chats.empty())
        throw engine::Error("There is no chat " + *wanted + ". `ponder search` shows the names of chats.");
    return chats;
}

int runExport(const Arguments& arguments, CommandContext& context) {
    const std::string format = arguments.text("--format").value_or("");
    const auto out = arguments.text("--out");
    const ExportFormat* const writer = exportFormat(format);
    if (!writer) throw UsageError("--format must be json, md, html or txt. See `ponder export --help`.");
    if (!out)
        throw UsageError(
            "ponder export needs --out FILE (- writes to the terminal). See `ponder export --help`.");
    const std::vector<Conversation> chats = chatsToExport(arguments, context);
    const std::string text = writer->write(chats, nowMilliseconds());
    if (*out == "-") {
        context.output << text;
    } else {
        writeFileAtomically(*out, text);
        context.complaints << chats.size() << (chats.size() == 1 ? " chat" : " chats") << " written to "
                           << *out << "\n";
    }
    return 0;
}

} // namespace

Command exportCommand() {
    return {{.name = "export",
             .operands = "",
             .summary =
                 "Writes one chat or all of them. JSON keeps everything: branches, thoughts, dates, timings.",
             .options = {{"--format", "json|md|html|txt", "the format", ""},
                         {"--chat", "ID", "only this chat", ""},
                         {"--out", "FILE", "where to, - for the terminal", ""},
                         dataFolderOption()},
             .leastOperands = 0,
             .mostOperands = 0},
            runExport};
}

} // namespace ponder::app
