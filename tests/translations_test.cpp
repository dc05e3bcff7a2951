// The translations are whole: every text of the window stands in each language, with the same places for
// values. Takes up new texts: ninja update_translations.

#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QXmlStreamReader>

#include <vector>

#include "tests/places.h"

namespace {

const QString kSource = QStringLiteral(PONDER_SOURCE_DIR);
const QString kFolder = kSource + "/resources/translations/";

struct Message {
    QString context;
    QString source;
    QStringList forms; ///< one, or one a number
    bool finished = true;
};

void takeTranslation(QXmlStreamReader& xml, Message& message) {
    message.finished = !xml.attributes().hasAttribute("type");
    QString text;
    while (!xml.atEnd() && !(xml.isEndElement() && xml.name() == u"translation")) {
        xml.readNext();
        if (xml.isCharacters()) text += xml.text();
        if (xml.isStartElement() && xml.name() == u"numerusform") message.forms << xml.readElementText();
    }
    if (message.forms.isEmpty()) message.forms << text;
}

std::vector<Message> messagesOf(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) ADD_FAILURE() << "cannot read " << path.toStdString();
    QXmlStreamReader xml(&file);
    std::vector<Message> messages;
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement) continue;
        if (xml.name() == u"name") context = xml.readElementText();
        if (xml.name() == u"message") messages.push_back({.context = context, .source = {}, .forms = {}});
        if (xml.name() == u"source") messages.back().source = xml.readElementText();
        if (xml.name() == u"translation") takeTranslation(xml, messages.back());
    }
    EXPECT_FALSE(xml.hasError()) << path.toStdString() << ": " << xml.errorString().toStdString();
    return messages;
}

/// %1, %2, %n in the order of their letters.
QStringList placesOf(const QString& text) {
    QStringList places;
    QRegularExpressionMatchIterator match = QRegularExpression("%(L?[0-9]|n)").globalMatch(text);
    while (match.hasNext()) places << match.next().captured();
    places.sort();
    places.removeDuplicates();
    return places;
}

class Translation : public testing::TestWithParam<const char*> {
protected:
    QString path_ = kFolder + GetParam();
};

TEST_P(Translation, IsFinished) {
    const std::vector<Message> messages = messagesOf(path_);
    EXPECT_FALSE(messages.empty());
    for (const Message& message : messages) {
        EXPECT_TRUE(message.finished)
            << message.context.toStdString() << ": " << message.source.toStdString();
    }
}

TEST_P(Translation, HasTheValuesOfItsSource) {
    for (const Message& message : messagesOf(path_)) {
        for (const QString& form : message.forms) {
            EXPECT_EQ(placesOf(form), placesOf(message.source))
                << message.source.toStdString() << " = " << form.toStdString();
        }
    }
}

TEST_P(Translation, KnowsEveryTextOfTheProgram) {
    QTemporaryDir folder;
    const QString copy = folder.filePath(GetParam());
    ASSERT_TRUE(QFile::copy(path_, copy));
    QStringList arguments{"-silent", "-locations", "none", "-no-obsolete", "-I",
                          ".",       "ui",         "app",  "-ts",          copy};
    if (path_.endsWith("_en.ts")) arguments.prepend("-pluralonly");
    QProcess lupdate;
    lupdate.setWorkingDirectory(kSource);
    lupdate.start(PONDER_LUPDATE, arguments);
    ASSERT_TRUE(lupdate.waitForFinished(120'000)) << lupdate.errorString().toStdString();
    ASSERT_EQ(lupdate.exitCode(), 0) << lupdate.readAllStandardError().toStdString();
    const auto contentOf = [](const QString& path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    EXPECT_TRUE(contentOf(copy) == contentOf(path_)) << "ninja update_translations changes " << GetParam();
}

INSTANTIATE_TEST_SUITE_P(Languages, Translation,
                         testing::Values("ponder_de.ts", "ponder_en.ts", "ponder_zh_CN.ts"),
                         [](const auto& info) {
                             return QString(info.param).section('_', 1).section('.', 0, 0).toStdString();
                         });

} // namespace
