<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AttachmentView</name>
    <message numerus="yes">
        <source>%Ln page(s)</source>
        <translation>
            <numerusform>%Ln page</numerusform>
            <numerusform>%Ln pages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DownloadWords</name>
    <message numerus="yes">
        <source>%Ln second(s) left</source>
        <translation>
            <numerusform>%Ln second left</numerusform>
            <numerusform>%Ln seconds left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln minute(s) left</source>
        <translation>
            <numerusform>%Ln minute left</numerusform>
            <numerusform>%Ln minutes left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln hour(s) left</source>
        <translation>
            <numerusform>%Ln hour left</numerusform>
            <numerusform>%Ln hours left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LibraryWords</name>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln token</numerusform>
            <numerusform>%Ln tokens</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln tensor(s), %1</source>
        <translation>
            <numerusform>%Ln tensor, %1</numerusform>
            <numerusform>%Ln tensors, %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The template is the file&apos;s own, %Ln character(s) long.</source>
        <translation>
            <numerusform>The template is the file&apos;s own, %Ln character long.</numerusform>
            <numerusform>The template is the file&apos;s own, %Ln characters long.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln model(s)</source>
        <translation>
            <numerusform>%Ln model</numerusform>
            <numerusform>%Ln models</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProblemWords</name>
    <message numerus="yes">
        <source>Try again in %n minute(s).</source>
        <translation>
            <numerusform>Try again in %n minute.</numerusform>
            <numerusform>Try again in %n minutes.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ShownMessage</name>
    <message numerus="yes">
        <source>Above this line, the model sees a summary of %n message(s).</source>
        <translation>
            <numerusform>Above this line, the model sees a summary of %n message.</numerusform>
            <numerusform>Above this line, the model sees a summary of %n messages.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) above this line are not sent to the model: no summary could be written.</source>
        <translation>
            <numerusform>%n message above this line is not sent to the model: no summary could be written.</numerusform>
            <numerusform>%n messages above this line are not sent to the model: no summary could be written.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) above this line are not sent to the model.</source>
        <translation>
            <numerusform>%n message above this line is not sent to the model.</numerusform>
            <numerusform>%n messages above this line are not sent to the model.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TableBlock</name>
    <message numerus="yes">
        <source>Show more (%n row(s) are left)</source>
        <translation>
            <numerusform>Show more (%n row is left)</numerusform>
            <numerusform>Show more (%n rows are left)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more column(s)</source>
        <translation>
            <numerusform>%n more column</numerusform>
            <numerusform>%n more columns</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more row(s)</source>
        <translation>
            <numerusform>%n more row</numerusform>
            <numerusform>%n more rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TokenFigure</name>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln token</numerusform>
            <numerusform>%Ln tokens</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>≈ %Ln token(s)</source>
        <translation>
            <numerusform>≈ %Ln token</numerusform>
            <numerusform>≈ %Ln tokens</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln token(s)</source>
        <translation>
            <numerusform>about %Ln token</numerusform>
            <numerusform>about %Ln tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ponder::app::LibraryController</name>
    <message numerus="yes">
        <source>Looking through %Ln file(s)…</source>
        <translation>
            <numerusform>Looking through %Ln file…</numerusform>
            <numerusform>Looking through %Ln files…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) and folder(s) looked through. Changes are seen as they happen.</source>
        <translation>
            <numerusform>%Ln file or folder looked through. Changes are seen as they happen.</numerusform>
            <numerusform>%Ln files and folders looked through. Changes are seen as they happen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ponder::app::PromptFitter</name>
    <message numerus="yes">
        <source>%n message(s) are left out because the context is full.</source>
        <translation>
            <numerusform>%n message is left out because the context is full.</numerusform>
            <numerusform>%n messages are left out because the context is full.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ponder::ui::CardPart</name>
    <message numerus="yes">
        <source>%Ln token(s), exactly as the model would be given them</source>
        <translation>
            <numerusform>%Ln token, exactly as the model would be given it</numerusform>
            <numerusform>%Ln tokens, exactly as the model would be given them</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ponder::ui::ChatListView</name>
    <message numerus="yes">
        <source>%n chats</source>
        <translation>
            <numerusform>%n chats</numerusform>
            <numerusform>%n chats</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ponder::ui::ChatMenus</name>
    <message numerus="yes">
        <source>Delete %n chats</source>
        <translation>
            <numerusform>Delete %n chats</numerusform>
            <numerusform>Delete %n chats</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Restore %n chats</source>
        <translation>
            <numerusform>Restore %n chats</numerusform>
            <numerusform>Restore %n chats</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Erase %n chats now…</source>
        <translation>
            <numerusform>Erase %n chats now…</numerusform>
            <numerusform>Erase %n chats now…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Export %n chats…</source>
        <translation>
            <numerusform>Export %n chat…</numerusform>
            <numerusform>Export %n chats…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ponder::ui::ChatRows</name>
    <message numerus="yes">
        <source>%n days</source>
        <comment>left until it is erased</comment>
        <translation>
            <numerusform>%n days</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chats</source>
        <translation>
            <numerusform>%n chats</numerusform>
            <numerusform>%n chats</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ponder::ui::LibraryPage</name>
    <message numerus="yes">
        <source>%Ln model(s)</source>
        <translation>
            <numerusform>%Ln model</numerusform>
            <numerusform>%Ln models</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ponder::ui::LoadingCard</name>
    <message numerus="yes">
        <source>, %n second(s) left</source>
        <translation>
            <numerusform>, %n second left</numerusform>
            <numerusform>, %n seconds left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %n minute(s) left</source>
        <translation>
            <numerusform>, %n minute left</numerusform>
            <numerusform>, %n minutes left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ponder::ui::OfflinePart</name>
    <message numerus="yes">
        <source>%n, at %1. They are listed below.</source>
        <translation>
            <numerusform>%n, at %1. It is listed below.</numerusform>
            <numerusform>%n, at %1. They are listed below.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ponder::ui::PlanPart</name>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln token</numerusform>
            <numerusform>%Ln tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ponder::ui::QueueStrip</name>
    <message numerus="yes">
        <source>%n message(s) to send when the answer is there</source>
        <translation>
            <numerusform>%n message to send when the answer is there</numerusform>
            <numerusform>%n messages to send when the answer is there</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) waiting</source>
        <translation>
            <numerusform>%n message waiting</numerusform>
            <numerusform>%n messages waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ponder::ui::SearchPage</name>
    <message numerus="yes">
        <source>More than %n message(s)</source>
        <translation>
            <numerusform>More than %n message</numerusform>
            <numerusform>More than %n messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ponder::ui::Sidebar</name>
    <message numerus="yes">
        <source>Deleted %n chats</source>
        <translation>
            <numerusform>Deleted %n chats</numerusform>
            <numerusform>Deleted %n chats</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Archived %n chats</source>
        <translation>
            <numerusform>Archived %n chats</numerusform>
            <numerusform>Archived %n chats</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Erase %n chats for good?</source>
        <translation>
            <numerusform>Erase %n chats for good?</numerusform>
            <numerusform>Erase %n chats for good?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Erase %n chats</source>
        <translation>
            <numerusform>Erase %n chats</numerusform>
            <numerusform>Erase %n chats</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Erase all %n chats in the trash for good?</source>
        <translation>
            <numerusform>Erase all %n chats in the trash for good?</numerusform>
            <numerusform>Erase all %n chats in the trash for good?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Erase all %n</source>
        <translation>
            <numerusform>Erase all %n</numerusform>
            <numerusform>Erase all %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ponder::ui::TextViewer</name>
    <message numerus="yes">
        <source>%Ln line(s)</source>
        <translation>
            <numerusform>%Ln line</numerusform>
            <numerusform>%Ln lines</numerusform>
        </translation>
    </message>
</context>
</TS>
