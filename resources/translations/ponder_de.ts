<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>ActionRow</name>
    <message>
        <source>%1 tokens/s</source>
        <translation>%1 Token/s</translation>
    </message>
    <message>
        <source>Edit and ask again</source>
        <translation>Bearbeiten und neu fragen</translation>
    </message>
    <message>
        <source>Copy answer</source>
        <translation>Antwort kopieren</translation>
    </message>
    <message>
        <source>Copy prompt</source>
        <translation>Frage kopieren</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>Neu antworten</translation>
    </message>
    <message>
        <source>%1/%2</source>
        <translation>%1/%2</translation>
    </message>
    <message>
        <source>Previous version</source>
        <translation>Vorige Fassung</translation>
    </message>
    <message>
        <source>Next version</source>
        <translation>Nächste Fassung</translation>
    </message>
    <message>
        <source>Edit the answer</source>
        <translation>Antwort bearbeiten</translation>
    </message>
    <message>
        <source>Version %1 of %2</source>
        <translation>Fassung %1 von %2</translation>
    </message>
</context>
<context>
    <name>AnswerReproduction</name>
    <message>
        <source>The answer came out alike, token for token.</source>
        <translation>Die Antwort ist gleich ausgefallen, Token für Token.</translation>
    </message>
    <message>
        <source>%1 tokens, seed %2.</source>
        <translation>%1 Token, Startwert %2.</translation>
    </message>
    <message>
        <source>“Compare versions…” in its menu shows where.</source>
        <translation>„Fassungen vergleichen…“ in ihrem Menü zeigt, wo.</translation>
    </message>
    <message>
        <source>The file of the model is not the same any more.</source>
        <translation>Die Datei des Modells ist nicht mehr dieselbe.</translation>
    </message>
    <message>
        <source>Tokens of the prompt: %1 then, %2 now. The chat&apos;s instructions, or what is kept of its thoughts, have changed.</source>
        <translation>Token der Eingabe: damals %1, jetzt %2. Die Anweisungen des Chats, oder was von seinen Gedanken behalten wird, haben sich geändert.</translation>
    </message>
    <message>
        <source>It was written with version %1 of Ponder; this is %2.</source>
        <translation>Sie wurde mit Version %1 von Ponder geschrieben; dies ist %2.</translation>
    </message>
    <message>
        <source>The answer came out different.</source>
        <translation>Die Antwort ist anders ausgefallen.</translation>
    </message>
    <message>
        <source>This answer cannot be reproduced.</source>
        <translation>Diese Antwort lässt sich nicht wiederholen.</translation>
    </message>
    <message>
        <source>It has to be known how it was drawn, and it has to be written in one go: not stopped, continued, edited or imported. Choose “Answer again” instead.</source>
        <translation>Es muss bekannt sein, wie sie gezogen wurde, und sie muss in einem Zug geschrieben sein: nicht angehalten, fortgesetzt, bearbeitet oder importiert. Stattdessen „Neu antworten“ wählen.</translation>
    </message>
    <message>
        <source>This answer was written by another model, %1.</source>
        <translation>Diese Antwort hat ein anderes Modell geschrieben, %1.</translation>
    </message>
    <message>
        <source>Choose it, and try again.</source>
        <translation>Dieses wählen und es erneut versuchen.</translation>
    </message>
</context>
<context>
    <name>AttachmentBlock</name>
    <message>
        <source>Attachment: %1</source>
        <translation>Anhang: %1</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>%1 öffnen</translation>
    </message>
</context>
<context>
    <name>AttachmentView</name>
    <message>
        <source>Text of a PDF</source>
        <translation>Text einer PDF</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message numerus="yes">
        <source>%Ln page(s)</source>
        <translation>
            <numerusform>%Ln Seite</numerusform>
            <numerusform>%Ln Seiten</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BubbleBlock</name>
    <message>
        <source>Show less</source>
        <translation>Weniger zeigen</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>Mehr zeigen</translation>
    </message>
</context>
<context>
    <name>CatalogueWords</name>
    <message>
        <source>Install Ponder again, or add a model from a link.</source>
        <translation>Installieren Sie Ponder neu, oder holen Sie ein Modell über einen Link.</translation>
    </message>
    <message>
        <source>The list of models is not signed by who released this Ponder.</source>
        <translation>Die Modellliste ist nicht von dem signiert, der dieses Ponder herausgegeben hat.</translation>
    </message>
    <message>
        <source>The list of models is damaged.</source>
        <translation>Die Modellliste ist beschädigt.</translation>
    </message>
    <message>
        <source>The list of models is missing.</source>
        <translation>Die Modellliste fehlt.</translation>
    </message>
    <message>
        <source>Writing and answering questions</source>
        <translation>Schreiben und Fragen beantworten</translation>
    </message>
    <message>
        <source>Thinking a problem through</source>
        <translation>Aufgaben durchdenken</translation>
    </message>
    <message>
        <source>Programming</source>
        <translation>Programmieren</translation>
    </message>
    <message>
        <source>Many languages</source>
        <translation>Viele Sprachen</translation>
    </message>
    <message>
        <source>Long texts</source>
        <translation>Lange Texte</translation>
    </message>
    <message>
        <source>Computers with little memory</source>
        <translation>Rechner mit wenig Speicher</translation>
    </message>
    <message>
        <source>Quick answers without a graphics card</source>
        <translation>Schnelle Antworten ohne Grafikkarte</translation>
    </message>
</context>
<context>
    <name>ChatOptions</name>
    <message>
        <source>As the model wants</source>
        <translation>Wie das Modell es will</translation>
    </message>
    <message>
        <source>Thinking</source>
        <translation>Denken</translation>
    </message>
    <message>
        <source>Whether the model thinks before it answers.</source>
        <translation>Ob das Modell denkt, bevor es antwortet.</translation>
    </message>
    <message>
        <source>Think first</source>
        <translation>Erst denken</translation>
    </message>
    <message>
        <source>Answer at once</source>
        <translation>Sofort antworten</translation>
    </message>
    <message>
        <source>Effort</source>
        <translation>Aufwand</translation>
    </message>
    <message>
        <source>How hard the model thinks.</source>
        <translation>Wie gründlich das Modell denkt.</translation>
    </message>
    <message>
        <source>Thinking budget</source>
        <translation>Denkbudget</translation>
    </message>
    <message>
        <source>After so many tokens of thought the model has to answer.</source>
        <translation>Nach so vielen Tokens muss das Modell antworten.</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keines</translation>
    </message>
    <message>
        <source>Earlier thoughts</source>
        <translation>Frühere Gedanken</translation>
    </message>
    <message>
        <source>Whether the model sees again what it thought before earlier answers.</source>
        <translation>Ob das Modell wieder sieht, was es vor früheren Antworten gedacht hat.</translation>
    </message>
    <message>
        <source>As in the settings</source>
        <translation>Wie in den Einstellungen</translation>
    </message>
    <message>
        <source>Leave them out</source>
        <translation>Weglassen</translation>
    </message>
    <message>
        <source>Show them again</source>
        <translation>Wieder zeigen</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>Systemprompt</translation>
    </message>
    <message>
        <source>What the model is told before the first message.</source>
        <translation>Was dem Modell vor der ersten Nachricht gesagt wird.</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Nichts</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>0 takes the likeliest word, more makes answers more varied.</source>
        <translation>0 nimmt das wahrscheinlichste Wort, mehr macht Antworten vielfältiger.</translation>
    </message>
    <message>
        <source>Top p</source>
        <translation>Top p</translation>
    </message>
    <message>
        <source>Only words that together make up this much of the likelihood; 1 is off.</source>
        <translation>Nur Wörter, die zusammen so viel der Wahrscheinlichkeit ausmachen; 1 ist aus.</translation>
    </message>
    <message>
        <source>Top k</source>
        <translation>Top k</translation>
    </message>
    <message>
        <source>Only so many of the likeliest words.</source>
        <translation>Nur so viele der wahrscheinlichsten Wörter.</translation>
    </message>
    <message>
        <source>Min p</source>
        <translation>Min p</translation>
    </message>
    <message>
        <source>Only words at least this likely compared to the likeliest; 0 is off.</source>
        <translation>Nur Wörter, die verglichen mit dem wahrscheinlichsten mindestens so wahrscheinlich sind; 0 ist aus.</translation>
    </message>
    <message>
        <source>Repetition penalty</source>
        <translation>Wiederholungsstrafe</translation>
    </message>
    <message>
        <source>Makes words that were there already less likely; 1 is off.</source>
        <translation>Macht Wörter unwahrscheinlicher, die schon da waren; 1 ist aus.</translation>
    </message>
    <message>
        <source>Longest answer</source>
        <translation>Längste Antwort</translation>
    </message>
    <message>
        <source>In tokens, thoughts included.</source>
        <translation>In Tokens, mit Gedanken.</translation>
    </message>
    <message>
        <source>When the chat becomes too long</source>
        <translation>Wenn der Chat zu lang wird</translation>
    </message>
    <message>
        <source>What is done when it no longer fits into the model&apos;s context.</source>
        <translation>Was geschieht, wenn er nicht mehr in den Kontext des Modells passt.</translation>
    </message>
    <message>
        <source>Ask me</source>
        <translation>Nachfragen</translation>
    </message>
    <message>
        <source>Leave out the oldest messages</source>
        <translation>Die ältesten Nachrichten weglassen</translation>
    </message>
    <message>
        <source>Summarise the oldest messages</source>
        <translation>Die ältesten Nachrichten zusammenfassen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
</context>
<context>
    <name>CodeBlock</name>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Do not wrap lines</source>
        <translation>Zeilen nicht umbrechen</translation>
    </message>
    <message>
        <source>Wrap lines</source>
        <translation>Zeilen umbrechen</translation>
    </message>
    <message>
        <source>Copy code</source>
        <translation>Code kopieren</translation>
    </message>
    <message>
        <source>Hidden characters: %1</source>
        <translation>Verborgene Zeichen: %1</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>New chat</source>
        <translation>Neuer Chat</translation>
    </message>
    <message>
        <source>Write a message</source>
        <translation>Nachricht schreiben</translation>
    </message>
    <message>
        <source>Show or hide the sidebar</source>
        <translation>Seitenleiste ein- oder ausblenden</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>Modell wählen</translation>
    </message>
    <message>
        <source>Open a model file</source>
        <translation>Modelldatei öffnen</translation>
    </message>
    <message>
        <source>Copy the last answer</source>
        <translation>Letzte Antwort kopieren</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>Neu antworten</translation>
    </message>
    <message>
        <source>Rename the chat</source>
        <translation>Chat umbenennen</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>Größere Schrift</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>Kleinere Schrift</translation>
    </message>
    <message>
        <source>Usual text size</source>
        <translation>Übliche Schriftgröße</translation>
    </message>
    <message>
        <source>Close Ponder</source>
        <translation>Ponder schließen</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Send the message</source>
        <translation>Nachricht senden</translation>
    </message>
    <message>
        <source>Shift+Enter</source>
        <translation>Umschalt+Eingabe</translation>
    </message>
    <message>
        <source>New line</source>
        <translation>Neue Zeile</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Stop the answer</source>
        <translation>Antwort anhalten</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Pfeil hoch</translation>
    </message>
    <message>
        <source>Edit the last message, when nothing is written</source>
        <translation>Letzte Nachricht bearbeiten, wenn nichts geschrieben ist</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Entf</translation>
    </message>
    <message>
        <source>Delete the chat chosen in the list</source>
        <translation>Den in der Liste gewählten Chat löschen</translation>
    </message>
    <message>
        <source>Ctrl+Z</source>
        <translation>Strg+Z</translation>
    </message>
    <message>
        <source>Take that back, in the list</source>
        <translation>Das rückgängig machen, in der Liste</translation>
    </message>
    <message>
        <source>Pin or unpin the chat</source>
        <translation>Chat anheften oder lösen</translation>
    </message>
    <message>
        <source>Delete the chat</source>
        <translation>Chat löschen</translation>
    </message>
    <message>
        <source>Export the chat</source>
        <translation>Chat exportieren</translation>
    </message>
    <message>
        <source>Import chats</source>
        <translation>Chats importieren</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Chats</source>
        <translation>Chats</translation>
    </message>
    <message>
        <source>Messages and models</source>
        <translation>Nachrichten und Modelle</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>New temporary chat</source>
        <translation>Neuer temporärer Chat</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>Neuer Ordner</translation>
    </message>
    <message>
        <source>Versions of the chat</source>
        <translation>Fassungen des Chats</translation>
    </message>
    <message>
        <source>Settings of the chat</source>
        <translation>Einstellungen des Chats</translation>
    </message>
    <message>
        <source>What the model will see</source>
        <translation>Was das Modell sehen wird</translation>
    </message>
    <message>
        <source>Find anything</source>
        <translation>Alles finden</translation>
    </message>
    <message>
        <source>Search all chats</source>
        <translation>Alle Chats durchsuchen</translation>
    </message>
    <message>
        <source>Find in this chat</source>
        <translation>In diesem Chat suchen</translation>
    </message>
    <message>
        <source>Next place found</source>
        <translation>Nächste Fundstelle</translation>
    </message>
    <message>
        <source>Previous place found</source>
        <translation>Vorige Fundstelle</translation>
    </message>
    <message>
        <source>Models on this computer</source>
        <translation>Modelle auf diesem Rechner</translation>
    </message>
    <message>
        <source>Get a model</source>
        <translation>Modell holen</translation>
    </message>
</context>
<context>
    <name>ContextLedger</name>
    <message>
        <source>System prompt</source>
        <translation>Systemprompt</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Du</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>your next message</source>
        <translation>die nächste Nachricht</translation>
    </message>
    <message>
        <source>not sent yet</source>
        <translation>noch nicht gesendet</translation>
    </message>
    <message>
        <source>its thoughts are left out</source>
        <translation>ihre Gedanken sind weggelassen</translation>
    </message>
    <message>
        <source>with its thoughts</source>
        <translation>mit ihren Gedanken</translation>
    </message>
    <message>
        <source>left out: the context is full</source>
        <translation>weggelassen: der Kontext ist voll</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Zusammenfassung</translation>
    </message>
    <message>
        <source>of what is left out</source>
        <translation>von dem, was weggelassen ist</translation>
    </message>
</context>
<context>
    <name>DataPlaces</name>
    <message>
        <source>Chats</source>
        <translation>Chats</translation>
    </message>
    <message>
        <source>One database file with every conversation. Copy it while Ponder is closed to back it up.</source>
        <translation>Eine Datenbankdatei mit allen Gesprächen. Zum Sichern kopieren, während Ponder geschlossen ist.</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>Sicherungen</translation>
    </message>
    <message>
        <source>Before a new version changes the database, a copy is kept beside it, the last three of them.</source>
        <translation>Bevor eine neue Version die Datenbank ändert, wird daneben eine Kopie abgelegt; die letzten drei bleiben.</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>A text file; only what differs from the usual is in it.</source>
        <translation>Eine Textdatei; darin steht nur, was vom Üblichen abweicht.</translation>
    </message>
    <message>
        <source>Models of Ponder&apos;s own</source>
        <translation>Eigene Modelle von Ponder</translation>
    </message>
    <message>
        <source>Files that end in .gguf and lie here are found by themselves.</source>
        <translation>Dateien mit der Endung .gguf werden hier von selbst gefunden.</translation>
    </message>
    <message>
        <source>Snapshots</source>
        <translation>Schnappschüsse</translation>
    </message>
    <message>
        <source>What models have worked out of your chats, so that they go on at once. At most 2 GB; may be deleted.</source>
        <translation>Was Modelle sich aus Ihren Chats erarbeitet haben, damit es sofort weitergeht. Höchstens 2 GB; darf gelöscht werden.</translation>
    </message>
    <message>
        <source>Cache</source>
        <translation>Zwischenspeicher</translation>
    </message>
    <message>
        <source>What can be made again. It may be deleted while Ponder is closed.</source>
        <translation>Was neu erzeugt werden kann. Darf gelöscht werden, während Ponder geschlossen ist.</translation>
    </message>
</context>
<context>
    <name>DownloadWords</name>
    <message numerus="yes">
        <source>%Ln second(s) left</source>
        <translation>
            <numerusform>noch %Ln Sekunde</numerusform>
            <numerusform>noch %Ln Sekunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln minute(s) left</source>
        <translation>
            <numerusform>noch %Ln Minute</numerusform>
            <numerusform>noch %Ln Minuten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln hour(s) left</source>
        <translation>
            <numerusform>noch %Ln Stunde</numerusform>
            <numerusform>noch %Ln Stunden</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>asks %1</source>
        <translation>fragt %1</translation>
    </message>
    <message>
        <source>%1 a second</source>
        <translation>%1 pro Sekunde</translation>
    </message>
    <message>
        <source>is being checked</source>
        <translation>wird geprüft</translation>
    </message>
    <message>
        <source>the server failed, tries again</source>
        <translation>der Server hat versagt, neuer Versuch</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>is being removed</source>
        <translation>wird entfernt</translation>
    </message>
    <message>
        <source>complete, SHA-256 verified</source>
        <translation>vollständig, SHA-256 geprüft</translation>
    </message>
    <message>
        <source>complete; no SHA-256 was given to compare it with</source>
        <translation>vollständig; es gab keinen SHA-256 zum Vergleichen</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>von %1</translation>
    </message>
    <message>
        <source>thinks</source>
        <translation>denkt nach</translation>
    </message>
    <message>
        <source>thinks when asked to</source>
        <translation>denkt auf Wunsch nach</translation>
    </message>
    <message>
        <source>Runs well with %1 of memory; this computer has %2</source>
        <translation>Läuft gut mit %1 Arbeitsspeicher; dieser Rechner hat %2</translation>
    </message>
    <message>
        <source>Runs well with %1 of memory</source>
        <translation>Läuft gut mit %1 Arbeitsspeicher</translation>
    </message>
    <message>
        <source>Licence: %1</source>
        <translation>Lizenz: %1</translation>
    </message>
    <message>
        <source>Its publisher wants you to agree to terms on its page first, with an account.</source>
        <translation>Der Herausgeber verlangt, dass Sie zuvor auf seiner Seite mit einem Konto Bedingungen zustimmen.</translation>
    </message>
    <message>
        <source>%1 holds no GGUF files.</source>
        <translation>%1 enthält keine GGUF-Dateien.</translation>
    </message>
    <message>
        <source>Look for a repository of the same model whose name ends in GGUF.</source>
        <translation>Suchen Sie ein Repository desselben Modells, dessen Name auf GGUF endet.</translation>
    </message>
    <message>
        <source>“Look” asks %1 which files there are. A download may go on to servers that it names.</source>
        <translation>„Ansehen“ fragt %1, welche Dateien es gibt. Ein Download kann zu Servern führen, die es nennt.</translation>
    </message>
    <message>
        <source>The download contacts %1.</source>
        <translation>Der Download wendet sich an %1.</translation>
    </message>
    <message>
        <source>It is shown the token in HF_TOKEN, and nobody else is.</source>
        <translation>Ihm wird das Token aus HF_TOKEN gezeigt, sonst niemandem.</translation>
    </message>
</context>
<context>
    <name>EndingBlock</name>
    <message>
        <source>The answer could not be finished.</source>
        <translation>Die Antwort konnte nicht beendet werden.</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Angehalten.</translation>
    </message>
    <message>
        <source>The answer was interrupted.</source>
        <translation>Die Antwort wurde unterbrochen.</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Hide details</source>
        <translation>Einzelheiten ausblenden</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>%1 belongs to the text you write.</source>
        <translation>%1 gehört zum Schreiben von Text.</translation>
    </message>
    <message>
        <source>%1 alone is for writing. Add Ctrl or Alt.</source>
        <translation>%1 allein dient zum Schreiben. Strg oder Alt dazunehmen.</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>text, key</comment>
        <translation>%1 (%2)</translation>
    </message>
</context>
<context>
    <name>LibraryWords</name>
    <message>
        <source>%1 billion</source>
        <translation>%1 Milliarden</translation>
    </message>
    <message>
        <source>%1 million</source>
        <translation>%1 Millionen</translation>
    </message>
    <message>
        <source>begins a text</source>
        <translation>beginnt einen Text</translation>
    </message>
    <message>
        <source>ends a text</source>
        <translation>beendet einen Text</translation>
    </message>
    <message>
        <source>ends an answer</source>
        <translation>beendet eine Antwort</translation>
    </message>
    <message>
        <source>ends a turn</source>
        <translation>beendet einen Beitrag</translation>
    </message>
    <message>
        <source>ends a message</source>
        <translation>beendet eine Nachricht</translation>
    </message>
    <message>
        <source>unknown text</source>
        <translation>unbekannter Text</translation>
    </message>
    <message>
        <source>padding</source>
        <translation>Füllung</translation>
    </message>
    <message>
        <source>separator</source>
        <translation>Trenner</translation>
    </message>
    <message>
        <source>mask</source>
        <translation>Maske</translation>
    </message>
    <message>
        <source>before a gap</source>
        <translation>vor einer Lücke</translation>
    </message>
    <message>
        <source>behind a gap</source>
        <translation>hinter einer Lücke</translation>
    </message>
    <message>
        <source>fills a gap</source>
        <translation>füllt eine Lücke</translation>
    </message>
    <message>
        <source>base model</source>
        <translation>Grundmodell</translation>
    </message>
    <message>
        <source>publisher</source>
        <translation>Herausgeber</translation>
    </message>
    <message>
        <source>author</source>
        <translation>Autor</translation>
    </message>
    <message>
        <source>version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>fine-tuned for</source>
        <translation>verfeinert für</translation>
    </message>
    <message>
        <source>quantised by</source>
        <translation>quantisiert von</translation>
    </message>
    <message>
        <source>address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>repository</source>
        <translation>Repository</translation>
    </message>
    <message>
        <source>made from</source>
        <translation>entstanden aus</translation>
    </message>
    <message>
        <source>licence by name</source>
        <translation>Lizenz mit Namen</translation>
    </message>
    <message>
        <source>licence text</source>
        <translation>Lizenztext</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>Familie</translation>
    </message>
    <message>
        <source>%1, %2 of them for each token</source>
        <translation>%1, davon %2 für jedes Token</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Experts</source>
        <translation>Experten</translation>
    </message>
    <message>
        <source>%1, %2 for each token</source>
        <translation>%1, davon %2 für jedes Token</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Trained context</source>
        <translation>Trainierter Kontext</translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln Token</numerusform>
            <numerusform>%Ln Token</numerusform>
        </translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>Wortschatz</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>%1, can be switched off</source>
        <translation>%1, lassen sich abschalten</translation>
    </message>
    <message>
        <source>Thoughts</source>
        <translation>Gedanken</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>the file does not say</source>
        <translation>die Datei sagt es nicht</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message numerus="yes">
        <source>%Ln tensor(s), %1</source>
        <translation>
            <numerusform>%Ln Tensor, %1</numerusform>
            <numerusform>%Ln Tensoren, %1</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, says the file</source>
        <translation>%1, sagt die Datei</translation>
    </message>
    <message>
        <source>%1, say its makers</source>
        <translation>%1, sagen seine Macher</translation>
    </message>
    <message numerus="yes">
        <source>The template is the file&apos;s own, %Ln character(s) long.</source>
        <translation>
            <numerusform>Die Vorlage ist die der Datei, %Ln Zeichen lang.</numerusform>
            <numerusform>Die Vorlage ist die der Datei, %Ln Zeichen lang.</numerusform>
        </translation>
    </message>
    <message>
        <source>The template is Ponder&apos;s own for this family.</source>
        <translation>Die Vorlage ist Ponders eigene für diese Familie.</translation>
    </message>
    <message>
        <source>the SHA-256 its source gives it</source>
        <translation>der SHA-256, den die Quelle nennt</translation>
    </message>
    <message numerus="yes">
        <source>%Ln model(s)</source>
        <translation>
            <numerusform>%Ln Modell</numerusform>
            <numerusform>%Ln Modelle</numerusform>
        </translation>
    </message>
    <message>
        <source>not there</source>
        <translation>nicht da</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>nicht lesbar</translation>
    </message>
    <message>
        <source>Delete %1?</source>
        <translation>%1 löschen?</translation>
    </message>
    <message>
        <source>It goes to the trash; %1 become free once that is emptied.</source>
        <translation>Es kommt in den Papierkorb; %1 werden frei, sobald er geleert wird.</translation>
    </message>
    <message>
        <source>There is no trash here: it is deleted for good, and %1 become free.</source>
        <translation>Hier gibt es keinen Papierkorb: Es wird endgültig gelöscht, %1 werden frei.</translation>
    </message>
    <message>
        <source>Move to the trash</source>
        <translation>In den Papierkorb</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>Endgültig löschen</translation>
    </message>
    <message>
        <source>These files are not Ponder&apos;s. Delete them all the same?</source>
        <translation>Diese Dateien gehören nicht Ponder. Trotzdem löschen?</translation>
    </message>
    <message>
        <source>%1 lies in a folder of another program or of your own, which may still need it.</source>
        <translation>%1 liegt in einem Ordner eines anderen Programms oder in Ihrem eigenen und wird dort vielleicht noch gebraucht.</translation>
    </message>
    <message>
        <source>Delete all the same</source>
        <translation>Trotzdem löschen</translation>
    </message>
    <message>
        <source>opens a thought</source>
        <translation>öffnet einen Gedanken</translation>
    </message>
    <message>
        <source>closes a thought</source>
        <translation>schließt einen Gedanken</translation>
    </message>
    <message>
        <source>languages</source>
        <translation>Sprachen</translation>
    </message>
    <message>
        <source>tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>base model&apos;s publisher</source>
        <translation>Herausgeber des Grundmodells</translation>
    </message>
    <message>
        <source>base model&apos;s repository</source>
        <translation>Repository des Grundmodells</translation>
    </message>
    <message>
        <source>temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>top k</source>
        <translation>Top K</translation>
    </message>
    <message>
        <source>top p</source>
        <translation>Top P</translation>
    </message>
    <message>
        <source>min p</source>
        <translation>Min P</translation>
    </message>
    <message>
        <source>repetition penalty</source>
        <translation>Wiederholungsstrafe</translation>
    </message>
    <message>
        <source>penalty tokens</source>
        <translation>Token für die Strafe</translation>
    </message>
</context>
<context>
    <name>ListMarker</name>
    <message>
        <source>To do:</source>
        <translation>Offen:</translation>
    </message>
    <message>
        <source>Done:</source>
        <translation>Erledigt:</translation>
    </message>
</context>
<context>
    <name>MessageWords</name>
    <message>
        <source>You</source>
        <translation>Du</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>OfflineWords</name>
    <message>
        <source>without a name</source>
        <translation>ohne Namen</translation>
    </message>
    <message>
        <source>to the kernel</source>
        <translation>zum Kernel</translation>
    </message>
    <message>
        <source>%1 (%2 times)</source>
        <translation>%1 (%2-mal)</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>nicht verbunden</translation>
    </message>
    <message>
        <source>The engine cannot reach the network, start programs or write files, and reads no file but the model.</source>
        <translation>Die Engine kann weder ins Netz noch Programme starten noch Dateien schreiben und liest keine Datei außer dem Modell.</translation>
    </message>
    <message>
        <source>The engine cannot reach the network or start programs, reads no file but the model, and writes none but what it has worked out of your chats.</source>
        <translation>Die Engine kann weder ins Netz noch Programme starten, liest keine Datei außer dem Modell und schreibt nur, was sie sich aus Ihren Chats erarbeitet hat.</translation>
    </message>
    <message>
        <source>The engine cannot reach the network, start programs or write files, but it could read files of yours: this system&apos;s kernel lacks Landlock.</source>
        <translation>Die Engine kann weder ins Netz noch Programme starten noch Dateien schreiben, könnte aber andere Dateien lesen: Dem Kernel dieses Systems fehlt Landlock.</translation>
    </message>
    <message>
        <source>The engine cannot write files and reads no file but the model, but it could reach the network: this system&apos;s kernel lacks seccomp filters.</source>
        <translation>Die Engine kann keine Dateien schreiben und liest keine außer dem Modell, könnte aber ins Netz: Dem Kernel dieses Systems fehlen Seccomp-Filter.</translation>
    </message>
    <message>
        <source>The engine runs unconfined: this system&apos;s kernel lacks Landlock and seccomp filters.</source>
        <translation>Die Engine läuft ohne Schranken: Dem Kernel dieses Systems fehlen Landlock und Seccomp-Filter.</translation>
    </message>
    <message>
        <source>The kernel confirms it: system calls are filtered, and the process can gain no rights.</source>
        <translation>Der Kernel bestätigt es: Systemaufrufe werden gefiltert, und der Prozess kann keine Rechte hinzugewinnen.</translation>
    </message>
    <message>
        <source>The kernel lists no filter for it.</source>
        <translation>Der Kernel führt keinen Filter dafür auf.</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>It reads and writes your chats, settings and exports. It is not confined, but none of its code opens an internet connection; the list would show one.</source>
        <translation>Es liest und schreibt Chats, Einstellungen und Exporte. Es ist nicht eingeschränkt, aber kein Teil seines Codes öffnet eine Internetverbindung; die Liste würde sie zeigen.</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>Engine</translation>
    </message>
</context>
<context>
    <name>PlanWords</name>
    <message>
        <source>Does not fit: needs %1 of memory, Ponder may use %2 more</source>
        <translation>Passt nicht: braucht %1 Arbeitsspeicher, Ponder darf noch %2 benutzen</translation>
    </message>
    <message>
        <source>Does not fit: needs %1 of memory, %2 are free</source>
        <translation>Passt nicht: braucht %1 Arbeitsspeicher, %2 sind frei</translation>
    </message>
    <message>
        <source>Fits. About %1 tokens a second</source>
        <translation>Passt. Etwa %1 Token pro Sekunde</translation>
    </message>
    <message>
        <source>Fits. How fast it is will be known once this computer is measured</source>
        <translation>Passt. Wie schnell es ist, zeigt sich, sobald dieser Rechner gemessen ist</translation>
    </message>
    <message>
        <source>Automatic: %1 tokens of context, all that the model was trained for.</source>
        <translation>Automatisch: %1 Token Kontext, alles, wofür das Modell trainiert ist.</translation>
    </message>
    <message>
        <source>Automatic: %1 tokens of context, so that it takes at most a quarter of the free memory.</source>
        <translation>Automatisch: %1 Token Kontext, damit er höchstens ein Viertel des freien Speichers belegt.</translation>
    </message>
    <message>
        <source>All experts fit into memory.</source>
        <translation>Alle Experten passen in den Arbeitsspeicher.</translation>
    </message>
    <message>
        <source>%1 % of the experts fit into memory, the others are read from the disk when they are needed.</source>
        <translation>%1 % der Experten passen in den Arbeitsspeicher, die anderen werden bei Bedarf von der Platte gelesen.</translation>
    </message>
    <message>
        <source>The experts are read from the disk when they are needed: the model is much larger than the free memory.</source>
        <translation>Die Experten werden bei Bedarf von der Platte gelesen: Das Modell ist viel größer als der freie Speicher.</translation>
    </message>
    <message>
        <source>The weights take %1, the context of %2 tokens %3.</source>
        <translation>Die Gewichte belegen %1, der Kontext von %2 Token %3.</translation>
    </message>
    <message>
        <source>%1 % of the experts in memory</source>
        <translation>%1 % der Experten im Arbeitsspeicher</translation>
    </message>
    <message>
        <source>a context of %1 tokens</source>
        <translation>ein Kontext von %1 Token</translation>
    </message>
    <message>
        <source>a context kept in 8 bits</source>
        <translation>ein Kontext mit 8 Bit</translation>
    </message>
    <message>
        <source>Use %1</source>
        <translation>Verwenden: %1</translation>
    </message>
    <message>
        <source> and </source>
        <comment>between two changes</comment>
        <translation> und </translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Arbeitsspeicher</translation>
    </message>
    <message>
        <source>%1 of %2 used</source>
        <translation>%1 von %2 belegt</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Platte</translation>
    </message>
    <message>
        <source>%1, read when they are needed</source>
        <translation>%1, bei Bedarf gelesen</translation>
    </message>
    <message>
        <source>Measured here: %1 and %2 tokens a second, with %3 predicted.</source>
        <translation>Hier gemessen: %1 und %2 Token pro Sekunde, vorhergesagt waren %3.</translation>
    </message>
    <message>
        <source>Predicted %1 and %2 tokens a second; measured here %3 and %4.</source>
        <translation>Vorhergesagt %1 und %2 Token pro Sekunde; hier gemessen %3 und %4.</translation>
    </message>
    <message>
        <source>This computer reads its memory at %1 GB/s, this disk at %2 GB/s.</source>
        <translation>Dieser Rechner liest seinen Arbeitsspeicher mit %1 GB/s, diese Platte mit %2 GB/s.</translation>
    </message>
    <message>
        <source>This computer reads its memory at %1 GB/s.</source>
        <translation>Dieser Rechner liest seinen Arbeitsspeicher mit %1 GB/s.</translation>
    </message>
    <message>
        <source>The model was trained for %1 tokens; beyond them its answers get worse.</source>
        <translation>Das Modell ist für %1 Token trainiert; darüber werden seine Antworten schlechter.</translation>
    </message>
    <message>
        <source>This version computes on the processor; a graphics card is not used.</source>
        <translation>Diese Version rechnet auf dem Prozessor; eine Grafikkarte wird nicht benutzt.</translation>
    </message>
</context>
<context>
    <name>ProblemWords</name>
    <message>
        <source>Try again later.</source>
        <translation>Versuchen Sie es später noch einmal.</translation>
    </message>
    <message>
        <source>Check the link.</source>
        <translation>Prüfen Sie den Link.</translation>
    </message>
    <message>
        <source>Choose another folder and try again.</source>
        <translation>Wählen Sie einen anderen Ordner und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>%1 sends Ponder to an address inside a private network, which is refused.</source>
        <translation>%1 verweist Ponder auf eine Adresse in einem privaten Netz; das wird abgelehnt.</translation>
    </message>
    <message>
        <source>Take the file from another place.</source>
        <translation>Nehmen Sie die Datei von einem anderen Ort.</translation>
    </message>
    <message>
        <source>%1 sends Ponder to a place that is not safe (no https).</source>
        <translation>%1 verweist Ponder auf einen unsicheren Ort (kein https).</translation>
    </message>
    <message>
        <source>%1 sent a web page instead of the model.</source>
        <translation>%1 hat statt des Modells eine Webseite gesendet.</translation>
    </message>
    <message>
        <source>Open the link in a browser: it may ask you to sign in or to accept a licence.</source>
        <translation>Öffnen Sie den Link im Browser: Vielleicht verlangt er eine Anmeldung oder die Zustimmung zu einer Lizenz.</translation>
    </message>
    <message>
        <source>%1 sent a note about the file (a Git LFS pointer) instead of the model.</source>
        <translation>%1 hat statt des Modells einen Verweis darauf gesendet (einen Git-LFS-Zeiger).</translation>
    </message>
    <message>
        <source>Use the link of the file&apos;s download button.</source>
        <translation>Nehmen Sie den Link der Download-Schaltfläche der Datei.</translation>
    </message>
    <message>
        <source>%1 sent something that is no model file.</source>
        <translation>%1 hat etwas gesendet, das keine Modelldatei ist.</translation>
    </message>
    <message>
        <source>The link does not begin with https://.</source>
        <translation>Der Link beginnt nicht mit https://.</translation>
    </message>
    <message>
        <source>Use a link that does.</source>
        <translation>Nehmen Sie einen, der so beginnt.</translation>
    </message>
    <message>
        <source>%1 cannot be found.</source>
        <translation>%1 ist nicht zu finden.</translation>
    </message>
    <message>
        <source>Check the link and your network connection.</source>
        <translation>Prüfen Sie den Link und Ihre Netzverbindung.</translation>
    </message>
    <message>
        <source>%1 cannot be reached.</source>
        <translation>%1 ist nicht zu erreichen.</translation>
    </message>
    <message>
        <source>Check your network connection and try again.</source>
        <translation>Prüfen Sie Ihre Netzverbindung und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>%1 cannot prove that it is %1: its certificate is not valid.</source>
        <translation>%1 kann nicht beweisen, dass es %1 ist: Sein Zertifikat ist ungültig.</translation>
    </message>
    <message>
        <source>Check this computer&apos;s date. If it is right, somebody may be listening: do not go on.</source>
        <translation>Prüfen Sie das Datum dieses Rechners. Stimmt es, hört vielleicht jemand mit: Machen Sie nicht weiter.</translation>
    </message>
    <message>
        <source>%1 sends nothing, or next to nothing.</source>
        <translation>%1 sendet nichts oder so gut wie nichts.</translation>
    </message>
    <message>
        <source>Try again later. What has come is kept.</source>
        <translation>Versuchen Sie es später noch einmal. Was da ist, bleibt.</translation>
    </message>
    <message>
        <source>The connection to %1 breaks off again and again.</source>
        <translation>Die Verbindung zu %1 bricht immer wieder ab.</translation>
    </message>
    <message>
        <source>%1 sends Ponder from place to place without end.</source>
        <translation>%1 schickt Ponder endlos von Ort zu Ort.</translation>
    </message>
    <message>
        <source>%1 does not give this file to everybody.</source>
        <translation>%1 gibt diese Datei nicht jedem.</translation>
    </message>
    <message>
        <source>Accept its licence on its web page, then set HF_TOKEN to your access token and start Ponder again.</source>
        <translation>Stimmen Sie auf der Webseite der Lizenz zu, setzen Sie HF_TOKEN auf Ihr Zugangstoken und starten Sie Ponder neu.</translation>
    </message>
    <message>
        <source>%1 has no such file.</source>
        <translation>%1 hat keine solche Datei.</translation>
    </message>
    <message>
        <source>%1 has been asked too often.</source>
        <translation>%1 wurde zu oft gefragt.</translation>
    </message>
    <message numerus="yes">
        <source>Try again in %n minute(s).</source>
        <translation>
            <numerusform>Versuchen Sie es in %n Minute noch einmal.</numerusform>
            <numerusform>Versuchen Sie es in %n Minuten noch einmal.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 has a fault of its own (%2).</source>
        <translation>%1 hat selbst eine Störung (%2).</translation>
    </message>
    <message>
        <source>%1 does not say how large the file is, so it could not be told whole from cut off.</source>
        <translation>%1 sagt nicht, wie groß die Datei ist; ganz wäre von abgeschnitten nicht zu unterscheiden.</translation>
    </message>
    <message>
        <source>%1 sends a file of another size than its publisher names.</source>
        <translation>%1 sendet eine Datei von anderer Größe, als der Herausgeber nennt.</translation>
    </message>
    <message>
        <source>Try again later. If it stays, take the file from another place.</source>
        <translation>Versuchen Sie es später noch einmal. Bleibt es so, nehmen Sie die Datei von einem anderen Ort.</translation>
    </message>
    <message>
        <source>The file that %1 sent is not the one that was expected: its SHA-256 differs.</source>
        <translation>Die Datei von %1 ist nicht die erwartete: Ihr SHA-256 ist ein anderer.</translation>
    </message>
    <message>
        <source>It was thrown away. Try again; if it stays, take the file from another place.</source>
        <translation>Sie wurde verworfen. Versuchen Sie es noch einmal; bleibt es so, nehmen Sie die Datei von einem anderen Ort.</translation>
    </message>
    <message>
        <source>%1 sends the file packed, though it was asked not to.</source>
        <translation>%1 sendet die Datei gepackt, obwohl es darum gebeten wurde, das nicht zu tun.</translation>
    </message>
    <message>
        <source>%1 answers in a way that Ponder does not understand.</source>
        <translation>%1 antwortet so, dass Ponder es nicht versteht.</translation>
    </message>
    <message>
        <source>The disk is too full: %1 are missing.</source>
        <translation>Die Platte ist zu voll: Es fehlen %1.</translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>Die Platte ist voll.</translation>
    </message>
    <message>
        <source>Free some space, or choose another folder. What has come is kept.</source>
        <translation>Schaffen Sie Platz oder wählen Sie einen anderen Ordner. Was da ist, bleibt.</translation>
    </message>
    <message>
        <source>The folder for the model is not there.</source>
        <translation>Der Ordner für das Modell ist nicht da.</translation>
    </message>
    <message>
        <source>The folder for the model cannot be written (%1).</source>
        <translation>In den Ordner für das Modell kann nicht geschrieben werden (%1).</translation>
    </message>
    <message>
        <source>Another file named %1 is there already.</source>
        <translation>Es gibt schon eine andere Datei namens %1.</translation>
    </message>
    <message>
        <source>Move it away or choose another folder. Nothing was changed.</source>
        <translation>Schieben Sie sie weg oder wählen Sie einen anderen Ordner. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Where the model should go lies a link, or something that is no file.</source>
        <translation>Wo das Modell hin soll, liegt ein Link oder etwas, das keine Datei ist.</translation>
    </message>
    <message>
        <source>Another Ponder is downloading this file.</source>
        <translation>Ein anderes Ponder lädt diese Datei gerade.</translation>
    </message>
    <message>
        <source>Wait for it, or end it there.</source>
        <translation>Warten Sie darauf, oder beenden Sie es dort.</translation>
    </message>
    <message>
        <source>%1 holds no GGUF file.</source>
        <translation>%1 enthält keine GGUF-Datei.</translation>
    </message>
    <message>
        <source>Look for a repository whose name ends in GGUF.</source>
        <translation>Suchen Sie ein Repository, dessen Name auf GGUF endet.</translation>
    </message>
    <message>
        <source>%1 holds several models, and none of them was named.</source>
        <translation>%1 enthält mehrere Modelle, und keines wurde genannt.</translation>
    </message>
    <message>
        <source>Choose one of them.</source>
        <translation>Wählen Sie eines davon.</translation>
    </message>
    <message>
        <source>The list of files that %1 sent cannot be read.</source>
        <translation>Die Dateiliste von %1 ist nicht lesbar.</translation>
    </message>
    <message>
        <source>Try again later, or use the link of the file itself.</source>
        <translation>Versuchen Sie es später noch einmal, oder nehmen Sie den Link der Datei selbst.</translation>
    </message>
    <message>
        <source>Nothing can be downloaded: the program ponder-fetch is missing.</source>
        <translation>Es kann nichts geladen werden: Das Programm ponder-fetch fehlt.</translation>
    </message>
    <message>
        <source>Install Ponder again.</source>
        <translation>Installieren Sie Ponder neu.</translation>
    </message>
    <message>
        <source>The program that downloads, ponder-fetch, ended unexpectedly.</source>
        <translation>Das Programm, das lädt, ponder-fetch, endete unerwartet.</translation>
    </message>
    <message>
        <source>Try again. What has come is kept.</source>
        <translation>Versuchen Sie es noch einmal. Was da ist, bleibt.</translation>
    </message>
    <message>
        <source>The download was asked for wrongly.</source>
        <translation>Der Download wurde falsch angefordert.</translation>
    </message>
    <message>
        <source>Report this, with the link you used.</source>
        <translation>Melden Sie das bitte, mit dem benutzten Link.</translation>
    </message>
    <message>
        <source>The link is no GGUF file: its name does not end in .gguf.</source>
        <translation>Der Link ist keine GGUF-Datei: Sein Name endet nicht auf .gguf.</translation>
    </message>
    <message>
        <source>Use the link of such a file, or of a repository on Hugging Face.</source>
        <translation>Nehmen Sie den Link einer solchen Datei oder eines Repositorys auf Hugging Face.</translation>
    </message>
    <message>
        <source>This is no link to a model.</source>
        <translation>Das ist kein Link zu einem Modell.</translation>
    </message>
    <message>
        <source>Use a link of Hugging Face, a name like Qwen/Qwen3-4B-GGUF, or an https link that ends in .gguf.</source>
        <translation>Nehmen Sie einen Link von Hugging Face, einen Namen wie Qwen/Qwen3-4B-GGUF oder einen https-Link, der auf .gguf endet.</translation>
    </message>
    <message>
        <source>Take the file from another place, or ask its publisher.</source>
        <translation>Nehmen Sie die Datei von einem anderen Ort, oder fragen Sie ihren Herausgeber.</translation>
    </message>
</context>
<context>
    <name>ReasoningBlock</name>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>Reasoning…</source>
        <translation>Denkt nach…</translation>
    </message>
    <message>
        <source>Reasoning… %1</source>
        <translation>Denkt nach… %1</translation>
    </message>
    <message>
        <source>Reasoned for %1</source>
        <translation>%1 nachgedacht</translation>
    </message>
    <message>
        <source>Reasoned</source>
        <translation>Nachgedacht</translation>
    </message>
    <message>
        <source>Answer now</source>
        <translation>Jetzt antworten</translation>
    </message>
    <message>
        <source>Edit the thought and go on from it</source>
        <translation>Gedanken bearbeiten und von dort weitermachen</translation>
    </message>
</context>
<context>
    <name>SettingRows</name>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Of Ponder&apos;s words; models answer in the language you write. Takes effect at the next start.</source>
        <translation>Für Ponders Texte; Modelle antworten in der Sprache der Frage. Gilt ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>Wie der Desktop</translation>
    </message>
    <message>
        <source>Send with</source>
        <translation>Senden mit</translation>
    </message>
    <message>
        <source>The other key begins a new line.</source>
        <translation>Die andere Taste beginnt eine neue Zeile.</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Strg+Eingabe</translation>
    </message>
    <message>
        <source>Notify me of long answers</source>
        <translation>Bei langen Antworten benachrichtigen</translation>
    </message>
    <message>
        <source>When an answer took over ten seconds and the window is not in front.</source>
        <translation>Wenn eine Antwort über zehn Sekunden gebraucht hat und das Fenster nicht vorn ist.</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>The desktop&apos;s choice is followed while Ponder runs.</source>
        <translation>Der Wahl des Desktops wird auch im Betrieb gefolgt.</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Hoher Kontrast</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Schriftgröße</translation>
    </message>
    <message>
        <source>In pixels, from 12 to 24. Everything else grows along.</source>
        <translation>In Pixeln, von 12 bis 24. Alles andere wächst mit.</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>Bewegung</translation>
    </message>
    <message>
        <source>Reduced: nothing slides or pulses.</source>
        <translation>Reduziert: Nichts gleitet oder pulsiert.</translation>
    </message>
    <message>
        <source>Full</source>
        <translation>Voll</translation>
    </message>
    <message>
        <source>Reduced</source>
        <translation>Reduziert</translation>
    </message>
    <message>
        <source>Wrap long lines of code</source>
        <translation>Lange Codezeilen umbrechen</translation>
    </message>
    <message>
        <source>Otherwise they scroll sideways; each block also has a switch.</source>
        <translation>Sonst lassen sie sich seitwärts rollen; jeder Block hat auch einen eigenen Schalter.</translation>
    </message>
    <message>
        <source>Let the model name chats</source>
        <translation>Das Modell benennt Chats</translation>
    </message>
    <message>
        <source>After the first answer, in the background. Otherwise your first words are the title.</source>
        <translation>Nach der ersten Antwort, im Hintergrund. Sonst sind die ersten Worte der Titel.</translation>
    </message>
    <message>
        <source>Show the model its earlier thoughts</source>
        <translation>Dem Modell frühere Gedanken zeigen</translation>
    </message>
    <message>
        <source>Most models answer better, and longer, without them.</source>
        <translation>Die meisten Modelle antworten ohne sie besser, und länger.</translation>
    </message>
    <message>
        <source>Go on with long chats at once</source>
        <translation>Lange Chats sofort fortsetzen</translation>
    </message>
    <message>
        <source>What a model has worked out of a chat stays on the disk, so that it need not read it again. It can be read back like the chat; it goes with the chat, and all of it when this is switched off.</source>
        <translation>Was ein Modell sich aus einem Chat erarbeitet hat, bleibt auf der Platte, damit es ihn nicht noch einmal lesen muss. Es lässt sich zurücklesen wie der Chat; es geht mit dem Chat, und alles, wenn dies ausgeschaltet wird.</translation>
    </message>
    <message>
        <source>snapshot cache disk privacy</source>
        <translation>Schnappschuss Zwischenspeicher Platte Privatsphäre</translation>
    </message>
    <message>
        <source>Instructions for every chat</source>
        <translation>Anweisungen für jeden Chat</translation>
    </message>
    <message>
        <source>What the model is told before a chat begins.</source>
        <translation>Was dem Modell vor jedem Chat gesagt wird.</translation>
    </message>
    <message>
        <source>For example: Answer briefly.</source>
        <translation>Zum Beispiel: Antworte kurz.</translation>
    </message>
    <message>
        <source>Folders with models</source>
        <translation>Ordner mit Modellen</translation>
    </message>
    <message>
        <source>Beside those of LM Studio, Ollama and Hugging Face, which are found by themselves. Nothing is copied or moved.</source>
        <translation>Neben denen von LM Studio, Ollama und Hugging Face, die von selbst gefunden werden. Nichts wird kopiert oder verschoben.</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>Higher answers vary more; 0 always takes the likeliest word.</source>
        <translation>Höher wird es abwechslungsreicher; 0 nimmt stets das wahrscheinlichste Wort.</translation>
    </message>
    <message>
        <source>As the model wants</source>
        <translation>Wie das Modell es will</translation>
    </message>
    <message>
        <source>Top P</source>
        <translation>Top P</translation>
    </message>
    <message>
        <source>Only the likeliest words that make up this share are considered.</source>
        <translation>Nur die wahrscheinlichsten Wörter, die diesen Anteil ausmachen, kommen in Frage.</translation>
    </message>
    <message>
        <source>Longest answer</source>
        <translation>Längste Antwort</translation>
    </message>
    <message>
        <source>In tokens, thoughts included; a token is about four letters.</source>
        <translation>In Token, Gedanken eingeschlossen; ein Token sind etwa vier Buchstaben.</translation>
    </message>
    <message>
        <source>Until it is done</source>
        <translation>Bis sie fertig ist</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>How many tokens of a chat the model sees. More needs more memory.</source>
        <translation>Wie viele Token eines Chats das Modell sieht. Mehr braucht mehr Speicher.</translation>
    </message>
    <message>
        <source>As memory allows</source>
        <translation>Soweit der Speicher reicht</translation>
    </message>
    <message>
        <source>Processor threads</source>
        <translation>Prozessor-Threads</translation>
    </message>
    <message>
        <source>Fewer leave more of the computer for other programs.</source>
        <translation>Weniger lassen anderen Programmen mehr vom Rechner.</translation>
    </message>
    <message>
        <source>One a core</source>
        <translation>Einer je Kern</translation>
    </message>
    <message>
        <source>Free the memory when idle</source>
        <translation>Speicher bei Ruhe freigeben</translation>
    </message>
    <message>
        <source>After this many minutes; the next message loads the model again.</source>
        <translation>Nach so vielen Minuten; die nächste Nachricht lädt das Modell wieder.</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>When a chat becomes too long</source>
        <translation>Wenn ein Chat zu lang wird</translation>
    </message>
    <message>
        <source>What is done when it no longer fits into the model&apos;s context. Nothing is deleted from the chat.</source>
        <translation>Was geschieht, wenn er nicht mehr in den Kontext des Modells passt. Aus dem Chat wird nichts gelöscht.</translation>
    </message>
    <message>
        <source>Ask me</source>
        <translation>Nachfragen</translation>
    </message>
    <message>
        <source>Leave out the oldest messages</source>
        <translation>Die ältesten Nachrichten weglassen</translation>
    </message>
    <message>
        <source>Summarise the oldest messages</source>
        <translation>Die ältesten Nachrichten zusammenfassen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>translation</source>
        <translation>Übersetzung Englisch Deutsch Chinesisch</translation>
    </message>
    <message>
        <source>enter key</source>
        <translation>Eingabetaste Enter</translation>
    </message>
    <message>
        <source>notification alert</source>
        <translation>Benachrichtigung Hinweis</translation>
    </message>
    <message>
        <source>theme appearance dark mode</source>
        <translation>Thema Aussehen Dunkelmodus Farbschema</translation>
    </message>
    <message>
        <source>font letters zoom</source>
        <translation>Schrift Schriftgröße Buchstaben Zoom</translation>
    </message>
    <message>
        <source>animation</source>
        <translation>Animation</translation>
    </message>
    <message>
        <source>title rename</source>
        <translation>Titel umbenennen</translation>
    </message>
    <message>
        <source>reasoning</source>
        <translation>Nachdenken Reasoning</translation>
    </message>
    <message>
        <source>system prompt</source>
        <translation>Systemprompt Anweisungen</translation>
    </message>
    <message>
        <source>directory path</source>
        <translation>Verzeichnis Pfad</translation>
    </message>
    <message>
        <source>randomness sampling</source>
        <translation>Zufall Sampling</translation>
    </message>
    <message>
        <source>nucleus sampling</source>
        <translation>Nucleus Sampling</translation>
    </message>
    <message>
        <source>limit length</source>
        <translation>Grenze Länge Höchstzahl</translation>
    </message>
    <message>
        <source>context length window memory</source>
        <translation>Kontextlänge Kontextfenster Speicher</translation>
    </message>
    <message>
        <source>CPU cores</source>
        <translation>CPU Kerne</translation>
    </message>
    <message>
        <source>unload RAM</source>
        <translation>entladen RAM Arbeitsspeicher</translation>
    </message>
</context>
<context>
    <name>ShownMessage</name>
    <message numerus="yes">
        <source>Above this line, the model sees a summary of %n message(s).</source>
        <translation>
            <numerusform>Oberhalb dieser Linie sieht das Modell eine Zusammenfassung von %n Nachricht.</numerusform>
            <numerusform>Oberhalb dieser Linie sieht das Modell eine Zusammenfassung von %n Nachrichten.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) above this line are not sent to the model: no summary could be written.</source>
        <translation>
            <numerusform>%n Nachricht über dieser Linie geht nicht an das Modell: Es ließ sich keine Zusammenfassung schreiben.</numerusform>
            <numerusform>%n Nachrichten über dieser Linie gehen nicht an das Modell: Es ließ sich keine Zusammenfassung schreiben.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) above this line are not sent to the model.</source>
        <translation>
            <numerusform>%n Nachricht über dieser Linie geht nicht an das Modell.</numerusform>
            <numerusform>%n Nachrichten über dieser Linie gehen nicht an das Modell.</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped: the model&apos;s context is full.</source>
        <translation>Angehalten: Der Kontext des Modells ist voll.</translation>
    </message>
</context>
<context>
    <name>TableActions</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy table as Markdown</source>
        <translation>Tabelle als Markdown kopieren</translation>
    </message>
    <message>
        <source>CSV</source>
        <translation>CSV</translation>
    </message>
    <message>
        <source>Copy table as CSV</source>
        <translation>Tabelle als CSV kopieren</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>TableBlock</name>
    <message numerus="yes">
        <source>Show more (%n row(s) are left)</source>
        <translation>
            <numerusform>Mehr zeigen (%n Zeile fehlt noch)</numerusform>
            <numerusform>Mehr zeigen (%n Zeilen fehlen noch)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more column(s)</source>
        <translation>
            <numerusform>%n weitere Spalte</numerusform>
            <numerusform>%n weitere Spalten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more row(s)</source>
        <translation>
            <numerusform>%n weitere Zeile</numerusform>
            <numerusform>%n weitere Zeilen</numerusform>
        </translation>
    </message>
    <message>
        <source>Too large to show all: %1</source>
        <translation>Zu groß, um alles zu zeigen: %1</translation>
    </message>
</context>
<context>
    <name>TokenFigure</name>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln Token</numerusform>
            <numerusform>%Ln Token</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>≈ %Ln token(s)</source>
        <translation>
            <numerusform>≈ %Ln Token</numerusform>
            <numerusform>≈ %Ln Token</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln token(s)</source>
        <translation>
            <numerusform>etwa %Ln Token</numerusform>
            <numerusform>etwa %Ln Token</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VersionWords</name>
    <message>
        <source>Version %1 of %2</source>
        <translation>Fassung %1 von %2</translation>
    </message>
</context>
<context>
    <name>ponder::app::AnswerDialogs</name>
    <message>
        <source>The model is being asked…</source>
        <translation>Das Modell wird gefragt…</translation>
    </message>
    <message>
        <source>The model is not in memory. It is loaded with the next message, and can be asked then.</source>
        <translation>Das Modell ist nicht im Speicher. Es wird mit der nächsten Nachricht geladen und kann dann gefragt werden.</translation>
    </message>
    <message>
        <source>Likelihoods are the model&apos;s own, before any setting of temperature or the like.</source>
        <translation>Die Wahrscheinlichkeiten sind die des Modells selbst, vor jeder Einstellung wie der Temperatur.</translation>
    </message>
</context>
<context>
    <name>ponder::app::AttachmentKeeper</name>
    <message>
        <source>Attach files</source>
        <translation>Dateien anhängen</translation>
    </message>
    <message>
        <source>At most %1 files go with one message.</source>
        <translation>Höchstens %1 Dateien gehen mit einer Nachricht.</translation>
    </message>
    <message>
        <source>Send some of them first.</source>
        <translation>Zuerst einige davon senden.</translation>
    </message>
    <message>
        <source>Pasted text</source>
        <translation>Eingefügter Text</translation>
    </message>
</context>
<context>
    <name>ponder::app::ChatController</name>
    <message>
        <source>Choose a model first.</source>
        <translation>Zuerst ein Modell wählen.</translation>
    </message>
    <message>
        <source>Waiting for the answer in another chat.</source>
        <translation>Wartet auf die Antwort in einem anderen Chat.</translation>
    </message>
    <message>
        <source>The engine stopped and has been started again.</source>
        <translation>Die Engine hat angehalten und wurde neu gestartet.</translation>
    </message>
    <message>
        <source>Press Continue to go on with the answer.</source>
        <translation>Mit „Fortsetzen“ geht die Antwort weiter.</translation>
    </message>
    <message>
        <source>Summarising the oldest messages…</source>
        <translation>Die ältesten Nachrichten werden zusammengefasst …</translation>
    </message>
</context>
<context>
    <name>ponder::app::ChatExporter</name>
    <message>
        <source>Export the chat</source>
        <translation>Chat exportieren</translation>
    </message>
    <message>
        <source>The chat was written to %1.</source>
        <translation>Der Chat wurde nach %1 geschrieben.</translation>
    </message>
    <message>
        <source>Cancel export</source>
        <translation>Export abbrechen</translation>
    </message>
    <message>
        <source>Markdown (*.md);;Web page (*.html);;PDF (*.pdf);;Text (*.txt);;Everything, for Ponder (*.json)</source>
        <translation>Markdown (*.md);;Webseite (*.html);;PDF (*.pdf);;Text (*.txt);;Alles, für Ponder (*.json)</translation>
    </message>
    <message>
        <source>Markdown files in a zip (*.zip)</source>
        <translation>Markdown-Dateien in einem Zip (*.zip)</translation>
    </message>
    <message>
        <source>Web pages in a zip (*.zip)</source>
        <translation>Webseiten in einem Zip (*.zip)</translation>
    </message>
    <message>
        <source>PDF files in a zip (*.zip)</source>
        <translation>PDF-Dateien in einem Zip (*.zip)</translation>
    </message>
    <message>
        <source>Text files in a zip (*.zip)</source>
        <translation>Textdateien in einem Zip (*.zip)</translation>
    </message>
    <message>
        <source>Everything, for Ponder (*.json)</source>
        <translation>Alles, für Ponder (*.json)</translation>
    </message>
    <message>
        <source>Export the chats</source>
        <translation>Chats exportieren</translation>
    </message>
    <message>
        <source>Writing chat %1 of %2…</source>
        <translation>Chat %1 von %2 wird geschrieben…</translation>
    </message>
    <message>
        <source>Nothing was exported.</source>
        <translation>Nichts wurde exportiert.</translation>
    </message>
    <message>
        <source>The chat is not on the disk yet.</source>
        <translation>Der Chat ist noch nicht auf der Platte.</translation>
    </message>
    <message>
        <source>Send a message first.</source>
        <translation>Zuerst eine Nachricht senden.</translation>
    </message>
    <message>
        <source>%1 chats were written to %2.</source>
        <translation>%1 Chats wurden nach %2 geschrieben.</translation>
    </message>
    <message>
        <source>Ponder chats</source>
        <translation>Ponder-Chats</translation>
    </message>
    <message>
        <source>There are no chats to export.</source>
        <translation>Es gibt keine Chats zum Exportieren.</translation>
    </message>
</context>
<context>
    <name>ponder::app::ChatImporter</name>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Import chats</source>
        <translation>Chats importieren</translation>
    </message>
    <message>
        <source>Exports (*.zip *.json *.jsonl);;All files (*)</source>
        <translation>Exporte (*.zip *.json *.jsonl);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>%1: there is nothing new in this export.</source>
        <translation>%1: In diesem Export ist nichts Neues.</translation>
    </message>
    <message>
        <source>1 chat to add</source>
        <translation>1 neuer Chat</translation>
    </message>
    <message>
        <source>%1 chats to add</source>
        <translation>%1 neue Chats</translation>
    </message>
    <message>
        <source>%1 to continue</source>
        <translation>%1 gehen weiter</translation>
    </message>
    <message>
        <source>%1 there already</source>
        <translation>%1 schon da</translation>
    </message>
    <message>
        <source>%1 in the trash</source>
        <translation>%1 im Papierkorb</translation>
    </message>
    <message>
        <source>%1 that cannot be read</source>
        <translation>%1 nicht lesbar</translation>
    </message>
    <message>
        <source>%1: %2.</source>
        <translation>%1: %2.</translation>
    </message>
    <message>
        <source>Chats that are open were left as they are; close them and import again.</source>
        <translation>Offene Chats blieben, wie sie sind; nach dem Schließen noch einmal importieren.</translation>
    </message>
    <message>
        <source>1 chat came in.</source>
        <translation>1 Chat wurde importiert.</translation>
    </message>
    <message>
        <source>%1 chats came in.</source>
        <translation>%1 Chats wurden importiert.</translation>
    </message>
    <message>
        <source>Cancel import</source>
        <translation>Import abbrechen</translation>
    </message>
    <message>
        <source>%1: %2 %</source>
        <translation>%1: %2 %</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>%1 wird gelesen</translation>
    </message>
    <message>
        <source>Importing</source>
        <translation>Wird importiert</translation>
    </message>
</context>
<context>
    <name>ponder::app::ChatSaver</name>
    <message>
        <source>Everything is saved again.</source>
        <translation>Alles ist wieder gespeichert.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
</context>
<context>
    <name>ponder::app::DesktopNotification</name>
    <message>
        <source>Open the chat</source>
        <translation>Chat öffnen</translation>
    </message>
</context>
<context>
    <name>ponder::app::DownloadController</name>
    <message>
        <source>A file of %1</source>
        <translation>Eine Datei von %1</translation>
    </message>
</context>
<context>
    <name>ponder::app::LibraryController</name>
    <message numerus="yes">
        <source>Looking through %Ln file(s)…</source>
        <translation>
            <numerusform>%Ln Datei wird angesehen…</numerusform>
            <numerusform>%Ln Dateien werden angesehen…</numerusform>
        </translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Wird angesehen…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) and folder(s) looked through. Changes are seen as they happen.</source>
        <translation>
            <numerusform>%Ln Datei oder Ordner angesehen. Änderungen werden sofort bemerkt.</numerusform>
            <numerusform>%Ln Dateien und Ordner angesehen. Änderungen werden sofort bemerkt.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ponder::app::ModelCardController</name>
    <message>
        <source>Template of %1</source>
        <translation>Vorlage von %1</translation>
    </message>
    <message>
        <source>Jinja</source>
        <translation>Jinja</translation>
    </message>
</context>
<context>
    <name>ponder::app::ModelController</name>
    <message>
        <source>Open a model file</source>
        <translation>Modelldatei öffnen</translation>
    </message>
    <message>
        <source>Models (*.gguf);;All files (*)</source>
        <translation>Modelle (*.gguf);;Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>ponder::app::PromptFitter</name>
    <message>
        <source>They are left out of this prompt instead.</source>
        <translation>Sie werden in diesem Prompt stattdessen weggelassen.</translation>
    </message>
    <message>
        <source>The built-in model cannot summarise the oldest messages.</source>
        <translation>Das eingebaute Modell kann die ältesten Nachrichten nicht zusammenfassen.</translation>
    </message>
    <message>
        <source>The oldest messages could not be summarised.</source>
        <translation>Die ältesten Nachrichten konnten nicht zusammengefasst werden.</translation>
    </message>
    <message>
        <source>That leaves no room for an answer: you will be asked what to do.</source>
        <translation>Das lässt keinen Platz für eine Antwort: Vor dem Antworten wird nachgefragt.</translation>
    </message>
    <message>
        <source>That leaves no room for an answer: nothing will be answered.</source>
        <translation>Das lässt keinen Platz für eine Antwort: Es wird nichts geantwortet.</translation>
    </message>
    <message>
        <source>The conversation has %1 tokens; with the answer that is more than the %2 of the model&apos;s context. Start a new chat, let the oldest messages be left out (in the settings of this chat), or give the model a longer context.</source>
        <translation>Die Unterhaltung hat %1 Token; mit der Antwort ist das mehr als die %2 des Kontexts. Einen neuen Chat beginnen, die ältesten Nachrichten weglassen (in den Einstellungen dieses Chats) oder dem Modell einen längeren Kontext geben.</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) are left out because the context is full.</source>
        <translation>
            <numerusform>%n Nachricht ist weggelassen, weil der Kontext voll ist.</numerusform>
            <numerusform>%n Nachrichten sind weggelassen, weil der Kontext voll ist.</numerusform>
        </translation>
    </message>
    <message>
        <source>The model will summarise them first.</source>
        <translation>Das Modell fasst sie vorher zusammen.</translation>
    </message>
</context>
<context>
    <name>ponder::app::RunningAnswers</name>
    <message>
        <source>The answer ended without a result. Try again.</source>
        <translation>Die Antwort endete ohne Ergebnis. Bitte noch einmal versuchen.</translation>
    </message>
</context>
<context>
    <name>ponder::app::SummaryWriter</name>
    <message>
        <source>The context is too small for a summary.</source>
        <translation>Der Kontext ist zu klein für eine Zusammenfassung.</translation>
    </message>
    <message>
        <source>The model wrote nothing.</source>
        <translation>Das Modell hat nichts geschrieben.</translation>
    </message>
</context>
<context>
    <name>ponder::app::WindowProgram</name>
    <message>
        <source>The answer is there</source>
        <translation>Die Antwort ist da</translation>
    </message>
</context>
<context>
    <name>ponder::ui::AboutPart</name>
    <message>
        <source>All settings</source>
        <translation>Alle Einstellungen</translation>
    </message>
    <message>
        <source>Puts every setting and every key back to its usual value. Chats and models stay.</source>
        <translation>Setzt jede Einstellung und jede Taste auf den üblichen Wert zurück. Chats und Modelle bleiben.</translation>
    </message>
    <message>
        <source>Reset all settings</source>
        <translation>Alle zurücksetzen</translation>
    </message>
    <message>
        <source>Ponder is a chat assistant that thinks on your own computer. It opens no connection to the network, and every chat stays in a file that belongs to you.</source>
        <translation>Ponder ist ein Chat-Assistent, der auf dem eigenen Rechner denkt. Er öffnet keine Verbindung ins Netz, und jeder Chat bleibt in einer eigenen Datei.</translation>
    </message>
    <message>
        <source>Version %1, MIT licence</source>
        <translation>Version %1, MIT-Lizenz</translation>
    </message>
    <message>
        <source>Copy the path</source>
        <translation>Pfad kopieren</translation>
    </message>
    <message>
        <source>%1: copy the path</source>
        <translation>%1: Pfad kopieren</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>%1: open the folder</source>
        <translation>%1: Ordner öffnen</translation>
    </message>
</context>
<context>
    <name>ponder::ui::AttachmentChip</name>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Enter opens it, Delete takes it away.</source>
        <translation>Eingabe öffnet, Entf entfernt.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>%1 entfernen</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Wird gelesen…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Paste as text instead</source>
        <translation>Stattdessen als Text einfügen</translation>
    </message>
</context>
<context>
    <name>ponder::ui::AttachmentStrip</name>
    <message>
        <source>Attachments</source>
        <translation>Anhänge</translation>
    </message>
    <message>
        <source>Remove some, or attach them in a new chat.</source>
        <translation>Einige entfernen oder sie in einem neuen Chat anhängen.</translation>
    </message>
    <message>
        <source>Remove some, or choose a model with a longer context.</source>
        <translation>Einige entfernen oder ein Modell mit längerem Kontext wählen.</translation>
    </message>
    <message>
        <source>%1 are attached, and this chat has room for %2.</source>
        <translation>%1 sind angehängt, und dieser Chat hat Platz für %2.</translation>
    </message>
</context>
<context>
    <name>ponder::ui::BranchMap</name>
    <message>
        <source>Versions of this chat</source>
        <translation>Fassungen dieses Chats</translation>
    </message>
    <message>
        <source>Messages and their versions</source>
        <translation>Nachrichten und ihre Fassungen</translation>
    </message>
    <message>
        <source>Ctrl+click a second answer to compare two.</source>
        <translation>Mit Strg+Klick eine zweite Antwort zum Vergleichen wählen.</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Go there</source>
        <translation>Dorthin</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>ponder::ui::BranchRows</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 Token</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>Answer: %1. %2</source>
        <translation>Antwort: %1. %2</translation>
    </message>
    <message>
        <source>You: %1. %2</source>
        <translation>Du: %1. %2</translation>
    </message>
</context>
<context>
    <name>ponder::ui::CardPart</name>
    <message>
        <source>Show the folder</source>
        <translation>Ordner zeigen</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen…</translation>
    </message>
    <message>
        <source>Will it fit</source>
        <translation>Ob es passt</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>Was es ist</translation>
    </message>
    <message>
        <source>How its numbers are kept</source>
        <translation>Wie seine Zahlen gespeichert sind</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>Show the template</source>
        <translation>Vorlage zeigen</translation>
    </message>
    <message>
        <source>Show the prompt of the open chat</source>
        <translation>Prompt des offenen Chats zeigen</translation>
    </message>
    <message>
        <source>Special tokens</source>
        <translation>Besondere Token</translation>
    </message>
    <message>
        <source>Sampling the model asks for</source>
        <translation>Sampling, das das Modell wünscht</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>In Gebrauch</translation>
    </message>
    <message>
        <source>Use this model</source>
        <translation>Dieses Modell verwenden</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Same content</source>
        <translation>Gleicher Inhalt</translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s), exactly as the model would be given them</source>
        <translation>
            <numerusform>%Ln Token, genau wie das Modell es bekäme</numerusform>
            <numerusform>%Ln Token, genau wie das Modell sie bekäme</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ponder::ui::ChatDelegate</name>
    <message>
        <source>Title of the chat</source>
        <translation>Titel des Chats</translation>
    </message>
    <message>
        <source>Chat menu</source>
        <translation>Chat-Menü</translation>
    </message>
    <message>
        <source>Name of the folder</source>
        <translation>Name des Ordners</translation>
    </message>
    <message>
        <source>Folder menu</source>
        <translation>Ordnermenü</translation>
    </message>
</context>
<context>
    <name>ponder::ui::ChatHeader</name>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Neuer Chat</translation>
    </message>
    <message>
        <source>Hide the sidebar</source>
        <translation>Seitenleiste ausblenden</translation>
    </message>
    <message>
        <source>Show the sidebar</source>
        <translation>Seitenleiste einblenden</translation>
    </message>
    <message>
        <source>Temporary. Keep it</source>
        <translation>Temporär. Behalten</translation>
    </message>
    <message>
        <source>Save this chat like any other</source>
        <translation>Diesen Chat wie jeden anderen speichern</translation>
    </message>
</context>
<context>
    <name>ponder::ui::ChatListView</name>
    <message>
        <source>Chats</source>
        <translation>Chats</translation>
    </message>
    <message numerus="yes">
        <source>%n chats</source>
        <translation>
            <numerusform>%n Chat</numerusform>
            <numerusform>%n Chats</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ponder::ui::ChatMenus</name>
    <message>
        <source>Unpin</source>
        <translation>Lösen</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Anheften</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Take out of the archive</source>
        <translation>Aus dem Archiv holen</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archiv</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n chats</source>
        <translation>
            <numerusform>%n Chat löschen</numerusform>
            <numerusform>%n Chats löschen</numerusform>
        </translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message numerus="yes">
        <source>Restore %n chats</source>
        <translation>
            <numerusform>%n Chat wiederherstellen</numerusform>
            <numerusform>%n Chats wiederherstellen</numerusform>
        </translation>
    </message>
    <message>
        <source>Erase now…</source>
        <translation>Jetzt endgültig löschen…</translation>
    </message>
    <message numerus="yes">
        <source>Erase %n chats now…</source>
        <translation>
            <numerusform>%n Chat jetzt endgültig löschen…</numerusform>
            <numerusform>%n Chats jetzt endgültig löschen…</numerusform>
        </translation>
    </message>
    <message>
        <source>Move to folder</source>
        <translation>In Ordner verschieben</translation>
    </message>
    <message>
        <source>No folder</source>
        <translation>Kein Ordner</translation>
    </message>
    <message>
        <source>New folder…</source>
        <translation>Neuer Ordner…</translation>
    </message>
    <message>
        <source>New chat here</source>
        <translation>Neuer Chat hier</translation>
    </message>
    <message>
        <source>Delete the folder, keep its chats</source>
        <translation>Ordner löschen, Chats behalten</translation>
    </message>
    <message numerus="yes">
        <source>Export %n chats…</source>
        <translation>
            <numerusform>%n Chat exportieren…</numerusform>
            <numerusform>%n Chats exportieren…</numerusform>
        </translation>
    </message>
    <message>
        <source>Export its chats…</source>
        <translation>Seine Chats exportieren…</translation>
    </message>
</context>
<context>
    <name>ponder::ui::ChatOptionsDialog</name>
    <message>
        <source>This chat</source>
        <translation>Dieser Chat</translation>
    </message>
    <message>
        <source>Settings of this chat</source>
        <translation>Einstellungen dieses Chats</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>Voreinstellungen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Delete a preset</source>
        <translation>Voreinstellung löschen</translation>
    </message>
    <message>
        <source>Save as a preset…</source>
        <translation>Als Voreinstellung speichern…</translation>
    </message>
    <message>
        <source>Save as a preset</source>
        <translation>Als Voreinstellung speichern</translation>
    </message>
    <message>
        <source>A name for these settings</source>
        <translation>Ein Name für diese Einstellungen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
</context>
<context>
    <name>ponder::ui::ChatRows</name>
    <message>
        <source>, open</source>
        <translation>, geöffnet</translation>
    </message>
    <message>
        <source>, being answered</source>
        <translation>, wird beantwortet</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 Tag</translation>
    </message>
    <message numerus="yes">
        <source>%n days</source>
        <comment>left until it is erased</comment>
        <translation>
            <numerusform>%n Tag</numerusform>
            <numerusform>%n Tagen</numerusform>
        </translation>
    </message>
    <message>
        <source>1 chat</source>
        <translation>1 Chat</translation>
    </message>
    <message numerus="yes">
        <source>%n chats</source>
        <translation>
            <numerusform>%n Chat</numerusform>
            <numerusform>%n Chats</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, folder, closed, %2</source>
        <translation>%1, Ordner, zugeklappt, %2</translation>
    </message>
    <message>
        <source>%1, folder, open, %2</source>
        <translation>%1, Ordner, aufgeklappt, %2</translation>
    </message>
    <message>
        <source>, erased in %1</source>
        <translation>, wird gelöscht in %1</translation>
    </message>
</context>
<context>
    <name>ponder::ui::ChoiceButton</name>
    <message>
        <source>%1: %2</source>
        <comment>setting, value</comment>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>ponder::ui::Comparison</name>
    <message>
        <source>%1 tokens</source>
        <translation>%1 Token</translation>
    </message>
    <message>
        <source>%1 of them thoughts</source>
        <translation>davon %1 Gedanken</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>Two versions</source>
        <translation>Zwei Fassungen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>ponder::ui::Composer</name>
    <message>
        <source>Message the model</source>
        <translation>Nachricht an das Modell</translation>
    </message>
    <message>
        <source>Reasoning</source>
        <translation>Nachdenken</translation>
    </message>
    <message>
        <source>Let the model think before it answers</source>
        <translation>Das Modell vor der Antwort nachdenken lassen</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>Modell wählen</translation>
    </message>
    <message>
        <source>Model: %1</source>
        <translation>Modell: %1</translation>
    </message>
    <message>
        <source>Write a message first.</source>
        <translation>Zuerst eine Nachricht schreiben.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Send (Enter)</source>
        <translation>Senden (Eingabe)</translation>
    </message>
    <message>
        <source>Send (Ctrl+Enter)</source>
        <translation>Senden (Strg+Eingabe)</translation>
    </message>
    <message>
        <source>Stop (Esc)</source>
        <translation>Anhalten (Esc)</translation>
    </message>
    <message>
        <source>%1 tokens/s</source>
        <translation>%1 Token/s</translation>
    </message>
    <message>
        <source>%1 of %2 tokens used</source>
        <translation>%1 von %2 Token belegt</translation>
    </message>
    <message>
        <source>Runs on this computer.</source>
        <translation>Läuft auf diesem Rechner.</translation>
    </message>
    <message>
        <source>Sent when the answer is there.</source>
        <translation>Wird gesendet, wenn die Antwort da ist.</translation>
    </message>
    <message>
        <source>Attach files</source>
        <translation>Dateien anhängen</translation>
    </message>
    <message>
        <source>A file is still being read.</source>
        <translation>Eine Datei wird noch gelesen.</translation>
    </message>
</context>
<context>
    <name>ponder::ui::ConfirmDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>ponder::ui::ContextQuestion</name>
    <message>
        <source>This chat no longer fits into the model&apos;s context.</source>
        <translation>Dieser Chat passt nicht mehr in den Kontext des Modells.</translation>
    </message>
    <message>
        <source>Leave out the oldest messages</source>
        <translation>Die ältesten Nachrichten weglassen</translation>
    </message>
    <message>
        <source>They stay in the chat; the model does not see them any more.</source>
        <translation>Sie bleiben im Chat; das Modell sieht sie nicht mehr.</translation>
    </message>
    <message>
        <source>Summarise the oldest messages</source>
        <translation>Die ältesten Nachrichten zusammenfassen</translation>
    </message>
    <message>
        <source>Stop here</source>
        <translation>Hier aufhören</translation>
    </message>
    <message>
        <source>The model answers nothing more in this chat.</source>
        <translation>Das Modell antwortet in diesem Chat nicht mehr.</translation>
    </message>
    <message>
        <source>The model writes a summary, and sees that instead of the messages.</source>
        <translation>Das Modell schreibt eine Zusammenfassung und sieht sie statt der Nachrichten.</translation>
    </message>
    <message>
        <source>The built-in model is too small for that. Choose another one.</source>
        <translation>Das eingebaute Modell ist dafür zu klein. Ein anderes wählen.</translation>
    </message>
    <message>
        <source>Do this in all chats</source>
        <translation>In allen Chats so verfahren</translation>
    </message>
    <message>
        <source>The next prompt has %1 tokens; with its answer, the context holds %2. Your choice is for this chat from now on, and can be changed in its settings.</source>
        <translation>Der nächste Prompt hat %1 Token; mit der Antwort fasst der Kontext %2. Die Wahl gilt von nun an für diesen Chat und lässt sich in seinen Einstellungen ändern.</translation>
    </message>
</context>
<context>
    <name>ponder::ui::DialogLine</name>
    <message>
        <source>Back to the usual value</source>
        <translation>Zurück zum üblichen Wert</translation>
    </message>
    <message>
        <source>%1: back to the usual value</source>
        <translation>%1: zurück zum üblichen Wert</translation>
    </message>
</context>
<context>
    <name>ponder::ui::DownloadCard</name>
    <message>
        <source>Download this one sooner</source>
        <translation>Dieses früher laden</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Show the model</source>
        <translation>Modell zeigen</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Download %1 sooner</source>
        <translation>%1 früher laden</translation>
    </message>
    <message>
        <source>Take this line off the list; the model stays</source>
        <translation>Diese Zeile von der Liste nehmen; das Modell bleibt</translation>
    </message>
    <message>
        <source>Cancel; what has arrived is deleted</source>
        <translation>Abbrechen; was angekommen ist, wird gelöscht</translation>
    </message>
    <message>
        <source>Take %1 off the list</source>
        <translation>%1 von der Liste nehmen</translation>
    </message>
    <message>
        <source>Cancel %1</source>
        <translation>%1 abbrechen</translation>
    </message>
</context>
<context>
    <name>ponder::ui::DownloadsPart</name>
    <message>
        <source>No limit</source>
        <translation>Keine Grenze</translation>
    </message>
    <message>
        <source>%1 a second</source>
        <translation>%1 pro Sekunde</translation>
    </message>
    <message>
        <source>Speed limit</source>
        <translation>Höchsttempo</translation>
    </message>
    <message>
        <source>Nothing is being downloaded. Models can be found under “Get a model”.</source>
        <translation>Es wird nichts geladen. Modelle finden Sie unter „Modell holen“.</translation>
    </message>
</context>
<context>
    <name>ponder::ui::EmptyPage</name>
    <message>
        <source>Open a model file…</source>
        <translation>Modelldatei öffnen…</translation>
    </message>
    <message>
        <source>Ponder needs a model</source>
        <translation>Ponder braucht ein Modell</translation>
    </message>
    <message>
        <source>A model is a file that ends in .gguf. Ponder runs it on this computer, without the network.</source>
        <translation>Ein Modell ist eine Datei mit der Endung .gguf. Ponder führt es auf diesem Rechner aus, ohne Netz.</translation>
    </message>
    <message>
        <source>Models of LM Studio, Ollama and the Hugging Face cache are found by themselves.</source>
        <translation>Modelle von LM Studio, Ollama und aus dem Hugging-Face-Cache werden von selbst gefunden.</translation>
    </message>
    <message>
        <source>What shall we work out?</source>
        <translation>Was sollen wir ausrechnen?</translation>
    </message>
    <message>
        <source>The starter model thinks step by step, here on your computer. It is small: sums, sorting, letters and little puzzles are its world.</source>
        <translation>Das Startmodell denkt Schritt für Schritt, hier auf diesem Rechner. Es ist klein: Rechnen, Sortieren, Buchstaben und kleine Rätsel sind seine Welt.</translation>
    </message>
    <message>
        <source>What is 347 + 588?</source>
        <translation>What is 347 + 588?</translation>
    </message>
    <message>
        <source>Sort 42, 7, 19 and 3, smallest first</source>
        <translation>Sort 42, 7, 19 and 3, smallest first</translation>
    </message>
    <message>
        <source>How many r&apos;s are in strawberry?</source>
        <translation>How many r&apos;s are in strawberry?</translation>
    </message>
    <message>
        <source>I had 42 pens and lost 8. How many are left?</source>
        <translation>I had 42 pens and lost 8. How many are left?</translation>
    </message>
    <message>
        <source>What shall we think about?</source>
        <translation>Worüber sollen wir nachdenken?</translation>
    </message>
    <message>
        <source>The model runs on this computer. What you write stays here.</source>
        <translation>Das Modell läuft auf diesem Rechner. Was geschrieben wird, bleibt hier.</translation>
    </message>
    <message>
        <source>Explain how a suspension bridge carries its load</source>
        <translation>Erkläre, wie eine Hängebrücke ihre Last trägt</translation>
    </message>
    <message>
        <source>What is 17% of 2,340? Show each step</source>
        <translation>Wie viel sind 17 % von 2.340? Zeige jeden Schritt</translation>
    </message>
    <message>
        <source>Write a script that renames photos by date</source>
        <translation>Schreibe ein Skript, das Fotos nach Datum umbenennt</translation>
    </message>
    <message>
        <source>Plan three dinners that need no fridge</source>
        <translation>Plane drei Abendessen, die keinen Kühlschrank brauchen</translation>
    </message>
    <message>
        <source>A file that ends in .gguf</source>
        <translation>Eine Datei mit der Endung .gguf</translation>
    </message>
    <message>
        <source>For everything else, open a model of your own with %1.</source>
        <translation>Für alles andere mit %1 ein eigenes Modell öffnen.</translation>
    </message>
    <message>
        <source>A temporary chat</source>
        <translation>Ein temporärer Chat</translation>
    </message>
    <message>
        <source>Nothing of it is written to the disk. It is gone when you leave it, unless you choose “Keep” above.</source>
        <translation>Nichts davon wird auf die Platte geschrieben. Beim Verlassen ist er weg, außer oben wird „Behalten“ gewählt.</translation>
    </message>
    <message>
        <source>Get a larger model</source>
        <translation>Ein größeres Modell holen</translation>
    </message>
    <message>
        <source>Get a model</source>
        <translation>Modell holen</translation>
    </message>
</context>
<context>
    <name>ponder::ui::FileDrop</name>
    <message>
        <source>Drop files here</source>
        <translation>Dateien hier ablegen</translation>
    </message>
    <message>
        <source>Drop files to attach them</source>
        <translation>Dateien zum Anhängen ablegen</translation>
    </message>
    <message>
        <source>Text, source code and PDF</source>
        <translation>Text, Quellcode und PDF</translation>
    </message>
</context>
<context>
    <name>ponder::ui::FindBar</name>
    <message>
        <source>Find in this chat</source>
        <translation>In diesem Chat suchen</translation>
    </message>
    <message>
        <source>Upper and lower case matter</source>
        <translation>Groß- und Kleinschreibung beachten</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>Schließen (Esc)</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Nicht gefunden</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
</context>
<context>
    <name>ponder::ui::FindLine</name>
    <message>
        <source>Find in this text</source>
        <translation>In diesem Text suchen</translation>
    </message>
    <message>
        <source>Previous (Shift+Enter)</source>
        <translation>Vorige Stelle (Umschalt+Eingabe)</translation>
    </message>
    <message>
        <source>Next (Enter)</source>
        <translation>Nächste Stelle (Eingabe)</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Nicht gefunden</translation>
    </message>
</context>
<context>
    <name>ponder::ui::FolderList</name>
    <message>
        <source>Add a folder…</source>
        <translation>Ordner hinzufügen…</translation>
    </message>
    <message>
        <source>Take this folder off the list</source>
        <translation>Diesen Ordner von der Liste nehmen</translation>
    </message>
    <message>
        <source>Take %1 off the list</source>
        <translation>%1 von der Liste nehmen</translation>
    </message>
    <message>
        <source>Add a folder with models</source>
        <translation>Ordner mit Modellen hinzufügen</translation>
    </message>
</context>
<context>
    <name>ponder::ui::FoldersPart</name>
    <message>
        <source>Where Ponder looks</source>
        <translation>Wo Ponder sucht</translation>
    </message>
    <message>
        <source>Models are used where they are. Nothing is copied, renamed or written there.</source>
        <translation>Modelle werden benutzt, wo sie sind. Nichts wird kopiert, umbenannt oder dorthin geschrieben.</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>Ordner hinzufügen…</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Noch einmal suchen</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>note, path</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Take this folder off the list; nothing in it changes</source>
        <translation>Diesen Ordner von der Liste nehmen; darin ändert sich nichts</translation>
    </message>
    <message>
        <source>Take %1 off the list</source>
        <translation>%1 von der Liste nehmen</translation>
    </message>
    <message>
        <source>Add a folder with models</source>
        <translation>Ordner mit Modellen hinzufügen</translation>
    </message>
</context>
<context>
    <name>ponder::ui::Formulas</name>
    <message>
        <source>This formula is too long to be drawn.</source>
        <translation>Diese Formel ist zu lang, um gezeichnet zu werden.</translation>
    </message>
    <message>
        <source>This formula takes too long to be drawn.</source>
        <translation>Diese Formel zu zeichnen dauert zu lange.</translation>
    </message>
    <message>
        <source>This formula could not be read. Its source is shown.</source>
        <translation>Diese Formel ließ sich nicht lesen. Gezeigt wird ihr Quelltext.</translation>
    </message>
</context>
<context>
    <name>ponder::ui::HashLine</name>
    <message>
        <source>Computing the SHA-256</source>
        <translation>SHA-256 wird berechnet</translation>
    </message>
    <message>
        <source>Reads the whole file and compares it with what its source says</source>
        <translation>Liest die ganze Datei und vergleicht sie mit der Angabe der Quelle</translation>
    </message>
    <message>
        <source>No SHA-256 yet</source>
        <translation>Noch kein SHA-256</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>The SHA-256 is not known yet.</source>
        <translation>Der SHA-256 ist noch nicht bekannt.</translation>
    </message>
    <message>
        <source>Waits for another file to be read.</source>
        <translation>Wartet, bis eine andere Datei gelesen ist.</translation>
    </message>
    <message>
        <source>Reading the file: %1 %</source>
        <translation>Datei wird gelesen: %1 %</translation>
    </message>
    <message>
        <source>Verified: the same as %1.</source>
        <translation>Geprüft: stimmt überein, verglichen mit: %1.</translation>
    </message>
    <message>
        <source>Damaged or changed: not the same as %1. Download it again.</source>
        <translation>Beschädigt oder verändert, verglichen mit: %1. Laden Sie es noch einmal.</translation>
    </message>
    <message>
        <source>There is nothing here to compare it with.</source>
        <translation>Hier gibt es nichts, womit sie zu vergleichen wäre.</translation>
    </message>
</context>
<context>
    <name>ponder::ui::KeyButton</name>
    <message>
        <source>Change the keys</source>
        <translation>Tasten ändern</translation>
    </message>
    <message>
        <source>Press the keys…</source>
        <translation>Tasten drücken…</translation>
    </message>
    <message>
        <source>%1: press the new keys</source>
        <translation>%1: neue Tasten drücken</translation>
    </message>
    <message>
        <source>None</source>
        <comment>no key</comment>
        <translation>Keine</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>command, keys</comment>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>ponder::ui::LedgerDialog</name>
    <message>
        <source>The exact prompt</source>
        <translation>Der genaue Prompt</translation>
    </message>
    <message>
        <source>The tokens of the prompt</source>
        <translation>Die Tokens des Prompts</translation>
    </message>
    <message>
        <source>What the model will see</source>
        <translation>Was das Modell sehen wird</translation>
    </message>
    <message>
        <source>Part of the context that is used</source>
        <translation>Benutzter Teil des Kontexts</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
    <message>
        <source>Exact prompt</source>
        <translation>Genauer Prompt</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Tokens</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Nachricht</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Anmerkung</translation>
    </message>
    <message>
        <source>Messages of the next prompt</source>
        <translation>Nachrichten des nächsten Prompts</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>%1 of %2 tokens. %3 of them are the template&apos;s own, %4 need not be read again.</source>
        <translation>%1 von %2 Tokens. Davon gehören %3 der Vorlage selbst, %4 müssen nicht noch einmal gelesen werden.</translation>
    </message>
</context>
<context>
    <name>ponder::ui::LibraryList</name>
    <message>
        <source>Models on this computer</source>
        <translation>Modelle auf diesem Rechner</translation>
    </message>
</context>
<context>
    <name>ponder::ui::LibraryPage</name>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Back to the chat (Esc)</source>
        <translation>Zurück zum Chat (Esc)</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>Auf diesem Rechner</translation>
    </message>
    <message>
        <source>Get a model</source>
        <translation>Modell holen</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>Downloads</translation>
    </message>
    <message>
        <source>Search the models</source>
        <translation>Modelle durchsuchen</translation>
    </message>
    <message>
        <source>Folders…</source>
        <translation>Ordner…</translation>
    </message>
    <message>
        <source>All models</source>
        <translation>Alle Modelle</translation>
    </message>
    <message>
        <source>No models were found.</source>
        <translation>Es wurden keine Modelle gefunden.</translation>
    </message>
    <message>
        <source>No model is called that.</source>
        <translation>Kein Modell heißt so.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln model(s)</source>
        <translation>
            <numerusform>%Ln Modell</numerusform>
            <numerusform>%Ln Modelle</numerusform>
        </translation>
    </message>
    <message>
        <source>Downloads (%1)</source>
        <translation>Downloads (%1)</translation>
    </message>
</context>
<context>
    <name>ponder::ui::LinkDialog</name>
    <message>
        <source>Open this link?</source>
        <translation>Diesen Link öffnen?</translation>
    </message>
    <message>
        <source>This link cannot be opened</source>
        <translation>Dieser Link lässt sich nicht öffnen</translation>
    </message>
    <message>
        <source>It leaves Ponder and opens in your browser or mail program.</source>
        <translation>Er verlässt Ponder und öffnet sich im Browser oder Mailprogramm.</translation>
    </message>
    <message>
        <source>Ponder opens web and mail addresses only.</source>
        <translation>Ponder öffnet nur Web- und Mailadressen.</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>Adresse kopieren</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
</context>
<context>
    <name>ponder::ui::LoadingCard</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Stop loading the model</source>
        <translation>Laden des Modells abbrechen</translation>
    </message>
    <message>
        <source>Loading %1</source>
        <translation>%1 wird geladen</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message numerus="yes">
        <source>, %n second(s) left</source>
        <translation>
            <numerusform>, noch %n Sekunde</numerusform>
            <numerusform>, noch %n Sekunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %n minute(s) left</source>
        <translation>
            <numerusform>, noch %n Minute</numerusform>
            <numerusform>, noch %n Minuten</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ponder::ui::MainWindow</name>
    <message>
        <source>Ponder</source>
        <translation>Ponder</translation>
    </message>
    <message>
        <source>%1 – Ponder</source>
        <translation>%1 – Ponder</translation>
    </message>
</context>
<context>
    <name>ponder::ui::ModelPicker</name>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Models on this computer</source>
        <translation>Modelle auf diesem Rechner</translation>
    </message>
    <message>
        <source>No models found yet.</source>
        <translation>Noch keine Modelle gefunden.</translation>
    </message>
    <message>
        <source>Open a model file…</source>
        <translation>Modelldatei öffnen…</translation>
    </message>
    <message>
        <source>Unload from memory</source>
        <translation>Aus dem Speicher entfernen</translation>
    </message>
    <message>
        <source>Frees the memory; the next message loads the model again</source>
        <translation>Gibt den Speicher frei; die nächste Nachricht lädt das Modell wieder</translation>
    </message>
    <message>
        <source>A file that ends in .gguf</source>
        <translation>Eine Datei mit der Endung .gguf</translation>
    </message>
    <message>
        <source>All models…</source>
        <translation>Alle Modelle…</translation>
    </message>
    <message>
        <source>What they are, whether they fit, and new ones</source>
        <translation>Was sie sind, ob sie passen, und neue</translation>
    </message>
</context>
<context>
    <name>ponder::ui::NoticeCard</name>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Hide details</source>
        <translation>Einzelheiten ausblenden</translation>
    </message>
</context>
<context>
    <name>ponder::ui::OfferCard</name>
    <message>
        <source>%1 by %2</source>
        <comment>model, publisher</comment>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Is here</source>
        <translation>Ist da</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Laden</translation>
    </message>
    <message>
        <source>%1 is here</source>
        <translation>%1 ist da</translation>
    </message>
    <message>
        <source>Download %1</source>
        <translation>%1 laden</translation>
    </message>
</context>
<context>
    <name>ponder::ui::OffersPart</name>
    <message>
        <source>From a link</source>
        <translation>Von einem Link</translation>
    </message>
    <message>
        <source>A repository or a file on Hugging Face, or any https address of a GGUF file.</source>
        <translation>Ein Repository oder eine Datei auf Hugging Face oder irgendeine https-Adresse einer GGUF-Datei.</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>Link</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source>Looking</source>
        <translation>Wird angesehen</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Laden</translation>
    </message>
    <message>
        <source>Download %1</source>
        <translation>%1 laden</translation>
    </message>
    <message>
        <source>This list came with Ponder and is signed. Looking at it contacts nobody; a download contacts huggingface.co.</source>
        <translation>Diese Liste kam mit Ponder und ist signiert. Sie anzusehen fragt niemanden; ein Download wendet sich an huggingface.co.</translation>
    </message>
    <message>
        <source>Suggested models</source>
        <translation>Vorschläge</translation>
    </message>
</context>
<context>
    <name>ponder::ui::OfflinePart</name>
    <message>
        <source>Ponder needs no network. Do not take our word for it: below is what the system&apos;s kernel says about Ponder&apos;s processes right now.</source>
        <translation>Ponder braucht kein Netz. Das muss niemand glauben: Hier steht, was der Kernel des Systems in diesem Augenblick über Ponders Prozesse sagt.</translation>
    </message>
    <message>
        <source>Internet sockets open now</source>
        <translation>Jetzt offene Internet-Sockets</translation>
    </message>
    <message>
        <source>Asking the kernel…</source>
        <translation>Der Kernel wird gefragt…</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Neu nachsehen</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>Prozesse</translation>
    </message>
    <message>
        <source>Open files</source>
        <translation>Offene Dateien</translation>
    </message>
    <message>
        <source>None, at %1.</source>
        <translation>Keine, um %1.</translation>
    </message>
    <message numerus="yes">
        <source>%n, at %1. They are listed below.</source>
        <translation>
            <numerusform>%n, um %1. Er steht unten.</numerusform>
            <numerusform>%n, um %1. Sie stehen unten.</numerusform>
        </translation>
    </message>
    <message>
        <source>None</source>
        <comment>no sockets, no files</comment>
        <translation>Keine</translation>
    </message>
    <message>
        <source>%1, process %2</source>
        <translation>%1, Prozess %2</translation>
    </message>
    <message>
        <source>It shields its memory, so the kernel lists its files and sockets to no other program of yours. Without network calls it cannot have opened a socket.</source>
        <translation>Sie schirmt ihren Speicher ab, deshalb zeigt der Kernel ihre Dateien und Sockets keinem anderen Programm. Ohne Netzaufrufe kann sie keinen Socket geöffnet haben.</translation>
    </message>
    <message>
        <source>Internet sockets</source>
        <translation>Internet-Sockets</translation>
    </message>
    <message>
        <source>Sockets to programs on this computer</source>
        <translation>Sockets zu Programmen auf diesem Rechner</translation>
    </message>
</context>
<context>
    <name>ponder::ui::PageHeader</name>
    <message>
        <source>Hide the sidebar (Ctrl+B)</source>
        <translation>Seitenleiste ausblenden (Strg+B)</translation>
    </message>
    <message>
        <source>Show the sidebar (Ctrl+B)</source>
        <translation>Seitenleiste einblenden (Strg+B)</translation>
    </message>
</context>
<context>
    <name>ponder::ui::Palette</name>
    <message>
        <source>Chats</source>
        <translation>Chats</translation>
    </message>
    <message>
        <source>Recent chats</source>
        <translation>Letzte Chats</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>Aktionen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>Befehlspalette</translation>
    </message>
    <message>
        <source>Find chats, messages, actions and settings</source>
        <translation>Chats, Nachrichten, Aktionen und Einstellungen finden</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Was gefunden wurde</translation>
    </message>
    <message>
        <source>Enter opens, Ctrl+Enter shows all messages, Esc closes</source>
        <translation>Enter öffnet, Strg+Enter zeigt alle Nachrichten, Esc schließt</translation>
    </message>
    <message>
        <source>Search all messages for “%1”</source>
        <translation>Alle Nachrichten nach „%1“ durchsuchen</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
</context>
<context>
    <name>ponder::ui::PlaceHeader</name>
    <message>
        <source>Empty trash</source>
        <translation>Papierkorb leeren</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>Papierkorb</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archiv</translation>
    </message>
    <message>
        <source>Leave the trash</source>
        <translation>Papierkorb verlassen</translation>
    </message>
    <message>
        <source>Leave the archive</source>
        <translation>Archiv verlassen</translation>
    </message>
    <message>
        <source>Deleted chats are erased after 30 days.</source>
        <translation>Gelöschte Chats werden nach 30 Tagen endgültig entfernt.</translation>
    </message>
    <message>
        <source>Out of the way, and found by the search.</source>
        <translation>Aus dem Weg, aber für die Suche auffindbar.</translation>
    </message>
</context>
<context>
    <name>ponder::ui::PlanBar</name>
    <message>
        <source>Other programs</source>
        <translation>Andere Programme</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>Experts</source>
        <translation>Experten</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>Working memory</source>
        <translation>Arbeitsbereich</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Frei</translation>
    </message>
</context>
<context>
    <name>ponder::ui::PlanControl</name>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Ponder chooses by the memory that is free</source>
        <translation>Ponder wählt nach dem freien Speicher</translation>
    </message>
    <message>
        <source>%1: automatic</source>
        <translation>%1: automatisch</translation>
    </message>
</context>
<context>
    <name>ponder::ui::PlanPart</name>
    <message>
        <source>Context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>Experts in memory from the start</source>
        <translation>Experten von Anfang an im Arbeitsspeicher</translation>
    </message>
    <message>
        <source>What the context is kept in</source>
        <translation>Worin der Kontext gespeichert wird</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Measure again</source>
        <translation>Noch einmal messen</translation>
    </message>
    <message>
        <source>Takes about two seconds</source>
        <translation>Dauert etwa zwei Sekunden</translation>
    </message>
    <message>
        <source>8 bits: half the memory</source>
        <translation>8 Bit: halber Speicher</translation>
    </message>
    <message>
        <source>16 bits</source>
        <translation>16 Bit</translation>
    </message>
    <message>
        <source>Measuring this computer…</source>
        <translation>Dieser Rechner wird gemessen…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln Token</numerusform>
            <numerusform>%Ln Token</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Automatic: %1</source>
        <translation>Automatisch: %1</translation>
    </message>
</context>
<context>
    <name>ponder::ui::PromptView</name>
    <message>
        <source>The exact prompt</source>
        <translation>Der genaue Prompt</translation>
    </message>
</context>
<context>
    <name>ponder::ui::QueueStrip</name>
    <message>
        <source>Send the next one</source>
        <translation>Die nächste senden</translation>
    </message>
    <message>
        <source>Waiting messages</source>
        <translation>Wartende Nachrichten</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) to send when the answer is there</source>
        <translation>
            <numerusform>%n Nachricht zu senden, wenn die Antwort da ist</numerusform>
            <numerusform>%n Nachrichten zu senden, wenn die Antwort da ist</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) waiting</source>
        <translation>
            <numerusform>%n Nachricht wartet</numerusform>
            <numerusform>%n Nachrichten warten</numerusform>
        </translation>
    </message>
    <message>
        <source>Send it earlier</source>
        <translation>Früher senden</translation>
    </message>
    <message>
        <source>Put it back to write on</source>
        <translation>Zurückholen und weiterschreiben</translation>
    </message>
    <message>
        <source>Do not send it</source>
        <translation>Nicht senden</translation>
    </message>
    <message>
        <source>With %1</source>
        <translation>Mit %1</translation>
    </message>
</context>
<context>
    <name>ponder::ui::SearchFilters</name>
    <message>
        <source>Any time</source>
        <translation>Jederzeit</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>Letzte 7 Tage</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>Letzte 30 Tage</translation>
    </message>
    <message>
        <source>This year</source>
        <translation>Dieses Jahr</translation>
    </message>
    <message>
        <source>From %1</source>
        <translation>Ab %1</translation>
    </message>
    <message>
        <source>Before %1</source>
        <translation>Vor %1</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>My messages</source>
        <translation>Meine Nachrichten</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>Antworten</translation>
    </message>
    <message>
        <source>Thoughts</source>
        <translation>Gedanken</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archiv</translation>
    </message>
    <message>
        <source>Any model</source>
        <translation>Jedes Modell</translation>
    </message>
</context>
<context>
    <name>ponder::ui::SearchPage</name>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search all chats</source>
        <translation>Alle Chats durchsuchen</translation>
    </message>
    <message>
        <source>Messages found</source>
        <translation>Gefundene Nachrichten</translation>
    </message>
    <message>
        <source>Close the search (Esc)</source>
        <translation>Suche schließen (Esc)</translation>
    </message>
    <message numerus="yes">
        <source>More than %n message(s)</source>
        <translation>
            <numerusform>Mehr als %n Nachricht</numerusform>
            <numerusform>Mehr als %n Nachrichten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n Nachricht</numerusform>
            <numerusform>%n Nachrichten</numerusform>
        </translation>
    </message>
    <message>
        <source>Search in all your chats</source>
        <translation>In allen Chats suchen</translation>
    </message>
    <message>
        <source>Every word must be in the message. “Quotes” find words that follow one another, and a star after the beginning of a word finds every word that begins so.</source>
        <translation>Jedes Wort muss in der Nachricht stehen. „Anführungszeichen“ finden Wörter, die aufeinander folgen, und ein Stern nach einem Wortanfang findet jedes Wort, das so beginnt.</translation>
    </message>
    <message>
        <source>This cannot be searched for</source>
        <translation>Danach kann nicht gesucht werden</translation>
    </message>
    <message>
        <source>Nothing was found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message>
        <source>Try fewer words, or take a filter away.</source>
        <translation>Weniger Wörter versuchen oder einen Filter entfernen.</translation>
    </message>
    <message>
        <source>Untitled chat</source>
        <translation>Chat ohne Titel</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Du</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>Mehr zeigen</translation>
    </message>
</context>
<context>
    <name>ponder::ui::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation>Einstellungen suchen</translation>
    </message>
    <message>
        <source>No setting is called so. Try another word.</source>
        <translation>Keine Einstellung heißt so. Ein anderes Wort versuchen.</translation>
    </message>
    <message>
        <source>General</source>
        <translation>Allgemein</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Chats</source>
        <translation>Chats</translation>
    </message>
    <message>
        <source>Model and answers</source>
        <translation>Modell und Antworten</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Offline proof</source>
        <translation>Offline-Nachweis</translation>
    </message>
    <message>
        <source>Your data and about</source>
        <translation>Daten und Info</translation>
    </message>
</context>
<context>
    <name>ponder::ui::ShareTable</name>
    <message>
        <source>%1: %2 %, %3</source>
        <translation>%1: %2 %, %3</translation>
    </message>
    <message>
        <source>Types of numbers</source>
        <translation>Arten von Zahlen</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>ponder::ui::ShortcutSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Change keys…</source>
        <translation>Tasten ändern…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>ponder::ui::ShortcutsPart</name>
    <message>
        <source>%1 is taken by “%2”. Choose other keys, or change those first.</source>
        <translation>%1 ist durch „%2“ belegt. Andere Tasten wählen oder zuerst jene ändern.</translation>
    </message>
</context>
<context>
    <name>ponder::ui::SideSplit</name>
    <message>
        <source>Drag to change the width</source>
        <translation>Ziehen ändert die Breite</translation>
    </message>
</context>
<context>
    <name>ponder::ui::Sidebar</name>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>Previous 7 days</source>
        <translation>Letzte 7 Tage</translation>
    </message>
    <message>
        <source>Sidebar</source>
        <translation>Seitenleiste</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Neuer Chat</translation>
    </message>
    <message>
        <source>Your chats will be listed here. They stay on this computer.</source>
        <translation>Hier stehen später die Chats. Sie bleiben auf diesem Rechner.</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>Angeheftet</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archiv</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>Papierkorb</translation>
    </message>
    <message>
        <source>The trash is empty.</source>
        <translation>Der Papierkorb ist leer.</translation>
    </message>
    <message>
        <source>Nothing is in the archive. A chat&apos;s menu puts it here.</source>
        <translation>Im Archiv ist nichts. Das Menü eines Chats legt ihn hierher.</translation>
    </message>
    <message>
        <source>Deleted “%1”</source>
        <translation>„%1“ gelöscht</translation>
    </message>
    <message numerus="yes">
        <source>Deleted %n chats</source>
        <translation>
            <numerusform>%n Chat gelöscht</numerusform>
            <numerusform>%n Chats gelöscht</numerusform>
        </translation>
    </message>
    <message>
        <source>Archived “%1”</source>
        <translation>„%1“ archiviert</translation>
    </message>
    <message numerus="yes">
        <source>Archived %n chats</source>
        <translation>
            <numerusform>%n Chat archiviert</numerusform>
            <numerusform>%n Chats archiviert</numerusform>
        </translation>
    </message>
    <message>
        <source>Deleted the folder “%1”</source>
        <translation>Ordner „%1“ gelöscht</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>Neuer Ordner</translation>
    </message>
    <message>
        <source>New folder %1</source>
        <translation>Neuer Ordner %1</translation>
    </message>
    <message>
        <source>Erase “%1” for good?</source>
        <translation>„%1“ endgültig löschen?</translation>
    </message>
    <message numerus="yes">
        <source>Erase %n chats for good?</source>
        <translation>
            <numerusform>%n Chat endgültig löschen?</numerusform>
            <numerusform>%n Chats endgültig löschen?</numerusform>
        </translation>
    </message>
    <message>
        <source>No trace of it stays in the file. This cannot be undone.</source>
        <translation>In der Datei bleibt keine Spur davon. Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Endgültig löschen</translation>
    </message>
    <message numerus="yes">
        <source>Erase %n chats</source>
        <translation>
            <numerusform>%n Chat endgültig löschen</numerusform>
            <numerusform>%n Chats endgültig löschen</numerusform>
        </translation>
    </message>
    <message>
        <source>Erase the chat in the trash for good?</source>
        <translation>Den Chat im Papierkorb endgültig löschen?</translation>
    </message>
    <message numerus="yes">
        <source>Erase all %n chats in the trash for good?</source>
        <translation>
            <numerusform>Den %n Chat im Papierkorb endgültig löschen?</numerusform>
            <numerusform>Alle %n Chats im Papierkorb endgültig löschen?</numerusform>
        </translation>
    </message>
    <message>
        <source>No trace of what was said stays in the file. This cannot be undone.</source>
        <translation>In der Datei bleibt keine Spur des Gesagten. Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Erase it</source>
        <translation>Endgültig löschen</translation>
    </message>
    <message numerus="yes">
        <source>Erase all %n</source>
        <translation>
            <numerusform>%n endgültig löschen</numerusform>
            <numerusform>Alle %n endgültig löschen</numerusform>
        </translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search all chats</source>
        <translation>Alle Chats durchsuchen</translation>
    </message>
</context>
<context>
    <name>ponder::ui::TextViewer</name>
    <message>
        <source>Copy all</source>
        <translation>Alles kopieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Only the name of this file is here: the chat was imported without what is in it.</source>
        <translation>Von dieser Datei ist nur der Name da: Der Chat wurde ohne ihren Inhalt importiert.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s)</source>
        <translation>
            <numerusform>%Ln Zeile</numerusform>
            <numerusform>%Ln Zeilen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ponder::ui::TokenView</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Token by token</source>
        <translation>Token für Token</translation>
    </message>
    <message>
        <source>The answer, token by token</source>
        <translation>Die Antwort, Token für Token</translation>
    </message>
    <message>
        <source>Choose a token to see what else the model might have said there.</source>
        <translation>Ein Token wählen, um zu sehen, was das Modell dort sonst gesagt hätte.</translation>
    </message>
    <message>
        <source>The model reads its answer again…</source>
        <translation>Das Modell liest seine Antwort noch einmal…</translation>
    </message>
    <message>
        <source>The more colour, the less sure the model was. Underlined: less than an even chance.</source>
        <translation>Je mehr Farbe, desto unsicherer war das Modell. Unterstrichen: weniger als eine gleiche Chance.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>The model reads its answer again: %1 of %2 tokens</source>
        <translation>Das Modell liest seine Antwort noch einmal: %1 von %2 Tokens</translation>
    </message>
    <message>
        <source>“%1” was %2 likely. It might have been:</source>
        <translation>„%1“ war zu %2 wahrscheinlich. Es hätte sein können:</translation>
    </message>
    <message>
        <source>Answer anew from here</source>
        <translation>Ab hier neu antworten</translation>
    </message>
    <message>
        <source>Go on from here with this instead</source>
        <translation>Ab hier stattdessen damit weitermachen</translation>
    </message>
</context>
<context>
    <name>ponder::ui::TranscriptActions</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy as Markdown</source>
        <translation>Als Markdown kopieren</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>Adresse kopieren</translation>
    </message>
    <message>
        <source>Copy answer</source>
        <translation>Antwort kopieren</translation>
    </message>
    <message>
        <source>Copy answer as Markdown</source>
        <translation>Antwort als Markdown kopieren</translation>
    </message>
    <message>
        <source>Copy prompt</source>
        <translation>Frage kopieren</translation>
    </message>
    <message>
        <source>Select all of it</source>
        <translation>Alles davon auswählen</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>Neu antworten</translation>
    </message>
    <message>
        <source>Edit and ask again</source>
        <translation>Bearbeiten und neu fragen</translation>
    </message>
    <message>
        <source>Edit the answer</source>
        <translation>Antwort bearbeiten</translation>
    </message>
    <message>
        <source>Edit the thought and go on from it</source>
        <translation>Gedanken bearbeiten und von dort weitermachen</translation>
    </message>
    <message>
        <source>Compare versions…</source>
        <translation>Fassungen vergleichen…</translation>
    </message>
    <message>
        <source>Copy as rich text</source>
        <translation>Als formatierten Text kopieren</translation>
    </message>
    <message>
        <source>Token by token…</source>
        <translation>Token für Token…</translation>
    </message>
    <message>
        <source>Reproduce with the same seed</source>
        <translation>Mit demselben Startwert wiederholen</translation>
    </message>
</context>
<context>
    <name>ponder::ui::TranscriptEditor</name>
    <message>
        <source>Prompt</source>
        <translation>Frage</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Neu fragen</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Thought</source>
        <translation>Gedanke</translation>
    </message>
    <message>
        <source>Keep as new version</source>
        <translation>Als neue Fassung behalten</translation>
    </message>
    <message>
        <source>Go on from here</source>
        <translation>Von hier weitermachen</translation>
    </message>
</context>
<context>
    <name>ponder::ui::TranscriptJumpButton</name>
    <message>
        <source>Jump to the latest message</source>
        <translation>Zur neuesten Nachricht</translation>
    </message>
</context>
<context>
    <name>ponder::ui::TranscriptView</name>
    <message>
        <source>Conversation</source>
        <translation>Gespräch</translation>
    </message>
</context>
<context>
    <name>ponder::ui::TranscriptVoice</name>
    <message>
        <source>Thinking</source>
        <translation>Denkt nach</translation>
    </message>
    <message>
        <source>Answering</source>
        <translation>Antwortet</translation>
    </message>
    <message>
        <source>Answer finished</source>
        <translation>Antwort fertig</translation>
    </message>
    <message>
        <source>Answer stopped</source>
        <translation>Antwort angehalten</translation>
    </message>
    <message>
        <source>The answer was interrupted</source>
        <translation>Die Antwort wurde unterbrochen</translation>
    </message>
    <message>
        <source>The answer failed. %1 %2</source>
        <translation>Die Antwort ist gescheitert. %1 %2</translation>
    </message>
</context>
<context>
    <name>ponder::ui::UndoBar</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
</context>
<context>
    <name>ponder::ui::WindowMenu</name>
    <message>
        <source>Import chats…</source>
        <translation>Chats importieren…</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>Wie der Desktop</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Hoher Kontrast</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>New temporary chat</source>
        <translation>Neuer temporärer Chat</translation>
    </message>
    <message>
        <source>Versions of the chat…</source>
        <translation>Fassungen des Chats…</translation>
    </message>
    <message>
        <source>Settings of the chat…</source>
        <translation>Einstellungen des Chats…</translation>
    </message>
    <message>
        <source>What the model will see…</source>
        <translation>Was das Modell sehen wird…</translation>
    </message>
    <message>
        <source>Export all chats…</source>
        <translation>Alle Chats exportieren…</translation>
    </message>
    <message>
        <source>Import and export</source>
        <translation>Import und Export</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>Größere Schrift</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>Kleinere Schrift</translation>
    </message>
    <message>
        <source>Usual text size</source>
        <translation>Übliche Schriftgröße</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>Modelle…</translation>
    </message>
</context>
</TS>
