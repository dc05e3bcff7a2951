#include <algorithm>

#include "app/exchange/export.h"
#include "app/exchange/html_text.h"
#include "ui/markdown/markdown_parser.h"
#include "ui/theme.h"

namespace ponder::app {

namespace {

// %1 stands where the colours go.
constexpr std::string_view kHead = R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<meta name="generator" content="Ponder">
<style>
%1
body{margin:0;background:var(--background);color:var(--text);font:16px/1.6 Inter,system-ui,sans-serif;overflow-wrap:anywhere}
article{max-width:720px;margin:0 auto;padding:32px 24px 64px}
article+article{border-top:1px solid var(--border)}
h1{font-size:24px;line-height:1.3;margin:0}
h3,h4,h5,h6{line-height:1.3;margin:24px 0 8px}
.about,summary,figcaption,.model{color:var(--muted);font-size:14px}
section{margin:24px 0}
.user{background:var(--bubble);border-radius:16px;padding:6px 16px;width:fit-content;max-width:80%;margin-left:auto;box-sizing:border-box}
.user p,.assistant p{margin:8px 0}
details{border-left:2px solid var(--border);padding-left:14px;margin:8px 0;color:var(--muted)}
summary{cursor:pointer}
.typed{white-space:pre-wrap}
.files{display:flex;flex-direction:column;align-items:flex-end;gap:8px;margin:24px 0 -16px}
.file{border:1px solid var(--border);border-radius:8px;padding:6px 12px;margin:0;max-width:80%;box-sizing:border-box;color:inherit;font-size:14px}
.file pre{background:none;max-height:320px}
figure{margin:12px 0;background:var(--code);border:1px solid var(--border);border-radius:8px;overflow:hidden}
figcaption{background:var(--header);padding:6px 12px}
pre{margin:0;padding:12px;overflow-x:auto;background:var(--code)}
code,pre{font:14px/1.5 "JetBrains Mono",ui-monospace,monospace}
:not(pre)>code{background:var(--bubble);border-radius:4px;padding:1px 4px}
blockquote{border-left:3px solid var(--border);margin:12px 0;padding-left:14px;color:var(--muted)}
.wide{overflow-x:auto}
table{border-collapse:collapse}
th,td{border:1px solid var(--border);padding:6px 12px;text-align:left}
th{background:var(--header)}
a{color:var(--link)}
.failure{color:var(--danger)}
@media print{details{display:none}article+article{break-before:page;border:0}}
</style>
)";

std::string variables(const ui::Colours& colours) {
    const std::pair<const char*, QColor> named[] = {
        {"background", colours.background}, {"bubble", colours.bubble}, {"code", colours.code},
        {"header", colours.codeHeader},     {"border", colours.border}, {"text", colours.text},
        {"muted", colours.muted},           {"link", colours.link},     {"danger", colours.danger}};
    std::string css;
    for (const auto& [name, colour] : named)
        css += std::string(";--") + name + ":" + colour.name().toStdString();
    return css;
}

std::string head() {
    std::string html(kHead);
    const std::string light =
        ":root{color-scheme:light dark" + variables(ui::coloursOf(ui::ColourScheme::Light)) + "}";
    const std::string dark =
        ":root{color-scheme:light dark" + variables(ui::coloursOf(ui::ColourScheme::Dark)) + "}";
    return html.replace(html.find("%1"), 2, light + "\n@media(prefers-color-scheme:dark){" + dark + "}");
}

std::string paragraphs(std::string_view className, const std::string& inside) {
    return "<p class=\"" + std::string(className) + "\">" + escapedForHtml(inside) + "</p>\n";
}

std::string codeFigure(const std::string& label, const std::string& code) {
    std::string html = "<figure>";
    if (!label.empty()) html += "<figcaption>" + escapedForHtml(label) + "</figcaption>";
    return html + "<pre><code>" + escapedForHtml(code) + "</code></pre></figure>\n";
}

/// What a person typed, as the window shows it: letter for letter, but for fenced code.
std::string typedHtml(const std::string& text) {
    std::string html;
    for (ui::MarkdownBlock& block : ui::parseTyped(QString::fromStdString(text))) {
        const std::string words =
            block.content.text.replace(QChar(QChar::LineSeparator), u'\n').toStdString();
        html += block.kind == ui::MarkdownKind::Code
                    ? codeFigure(block.language.toStdString(), words)
                    : "<p class=\"typed\">" + escapedForHtml(words) + "</p>\n";
    }
    return html;
}

void appendAttachment(const Part& part, std::string& html) {
    const std::string name = escapedForHtml(part.name);
    html += part.text.empty() ? "<p class=\"file\">" + name + "</p>\n"
                              : "<details class=\"file\"><summary>" + name + "</summary><pre>" +
                                    escapedForHtml(part.text) + "</pre></details>\n";
}

void appendPart(const Part& part, engine::Role role, std::string& html) {
    switch (part.kind) {
    case PartKind::Reasoning:
        html += "<details><summary>Thoughts</summary>\n" + htmlText(part.text) + "</details>\n";
        break;
    case PartKind::Attachment:
        appendAttachment(part, html);
        break;
    case PartKind::Tool:
        html +=
            codeFigure(part.name, part.input.empty() || part.text.empty() ? part.input + part.text
                                                                          : part.input + "\n\n" + part.text);
        break;
    case PartKind::Text:
        html += role == engine::Role::User ? typedHtml(part.text) : htmlText(part.text);
        break;
    }
}

void appendTurn(const Turn& turn, std::string& html) {
    const bool isUser = turn.role == engine::Role::User;
    std::vector<Part> parts = turn.parts;
    if (isUser) { // above the bubble, as in the window
        const auto files = std::stable_partition(
            parts.begin(), parts.end(), [](const Part& part) { return part.kind == PartKind::Attachment; });
        if (files != parts.begin()) {
            html += "<div class=\"files\">\n";
            std::for_each(parts.begin(), files, [&](const Part& file) { appendAttachment(file, html); });
            html += "</div>\n";
        }
        parts.erase(parts.begin(), files);
    }
    html += isUser ? "<section class=\"user\" aria-label=\"You\">\n"
                   : "<section class=\"assistant\" aria-label=\"Assistant\">\n";
    for (const Part& part : parts) appendPart(part, turn.role, html);
    if (turn.state == TurnState::Failed) html += paragraphs("failure", turn.answer.failure);
    if (!turn.answer.modelName.empty()) html += paragraphs("model", turn.answer.modelName);
    html += "</section>\n";
}

} // namespace

std::string exportHtml(const std::vector<Conversation>& chats, std::int64_t nowMs) {
    std::string html = head();
    html += "<title>" + escapedForHtml(chats.size() == 1 ? chats[0].header.title : "Ponder chats") +
            "</title>\n</head>\n<body>\n";
    for (const Conversation& chat : chats) {
        html += "<article>\n<h1>" + escapedForHtml(chat.header.title) + "</h1>\n" +
                paragraphs("about", "Exported from Ponder on " + dayText(nowMs));
        if (!chat.header.system.empty())
            html +=
                "<details><summary>System prompt</summary>\n" + htmlText(chat.header.system) + "</details>\n";
        for (const int number : chat.activePath()) appendTurn(chat.turn(number), html);
        html += "</article>\n";
    }
    return html + "</body>\n</html>\n";
}

} // namespace ponder::app
