// What Ponder says to the desktop and hears from it, on a bus of the test's own with stand-ins for the
// desktop's services.

#include <gtest/gtest.h>

#include <QApplication>
#include <QDBusConnection>
#include <QDBusInterface>
#include <QDBusMessage>
#include <QDBusVariant>
#include <QProcess>
#include <QSignalSpy>

#include "app/desktop_appearance.h"
#include "app/desktop_notification.h"
#include "app/desktop_service.h"
#include "tests/app/window/fake_desktop.h"
#include "tests/app/window/wait.h"
#include "ui/window_style.h"

namespace ponder::app {

namespace {

const QString kAppearance = QStringLiteral("org.freedesktop.appearance");
const QString kPortalPath = QStringLiteral("/org/freedesktop/portal/desktop");

/// A session bus for this program alone, begun before anything asks for one.
class PrivateBus : public testing::Environment {
public:
    void SetUp() override {
        daemon_.start("dbus-daemon", {"--session", "--nofork", "--print-address=1"});
        if (!daemon_.waitForStarted() || !daemon_.waitForReadyRead()) return;
        address = QString::fromUtf8(daemon_.readLine()).trimmed();
        qputenv("DBUS_SESSION_BUS_ADDRESS", address.toUtf8());
    }
    void TearDown() override {
        daemon_.kill();
        daemon_.waitForFinished();
    }
    static inline QString address;

private:
    QProcess daemon_;
};

const auto* const kBus = testing::AddGlobalTestEnvironment(new PrivateBus);

class Desktop : public testing::Test {
protected:
    void SetUp() override {
        if (PrivateBus::address.isEmpty()) GTEST_SKIP() << "dbus-daemon is not installed: install dbus";
        other_ = QDBusConnection::connectToBus(PrivateBus::address, "other");
        ASSERT_TRUE(other_.isConnected());
    }
    void TearDown() override { QDBusConnection::disconnectFromBus("other"); }

    void offer(const QString& service, const QString& path, QObject& object) {
        ASSERT_TRUE(other_.registerObject(
            path, &object, QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
        ASSERT_TRUE(other_.registerService(service));
    }

    QDBusConnection other_{QString()};
};

TEST_F(Desktop, ANotificationCarriesWordsAndBringsTheChatBack) {
    FakeNotifications service;
    offer("org.freedesktop.Notifications", "/org/freedesktop/Notifications", service);
    DesktopNotification notification;
    QSignalSpy chosen(&notification, &DesktopNotification::chosen);
    notification.tell("The answer is there", "Bread <b> & butter", "chat-1");
    ASSERT_TRUE(comesTrue([&] { return service.told.size() == 1; }));
    EXPECT_EQ(service.told[0].title, "The answer is there");
    EXPECT_EQ(service.told[0].text, "Bread &lt;b&gt; &amp; butter") << "no markup of a title's";
    EXPECT_EQ(service.told[0].actions.first(), "default");
    QTest::qWait(50); // until the answer with its number is back
    emit service.ActionInvoked(77, "default");
    emit service.ActionInvoked(1, "default");
    ASSERT_TRUE(comesTrue([&] { return chosen.size() == 1; }));
    EXPECT_EQ(chosen[0][0].toString(), "chat-1");
}

TEST_F(Desktop, AnotherNotificationOfAChatReplacesTheFirst) {
    FakeNotifications service;
    offer("org.freedesktop.Notifications", "/org/freedesktop/Notifications", service);
    DesktopNotification notification;
    notification.tell("One", {}, "chat-1");
    ASSERT_TRUE(comesTrue([&] { return service.told.size() == 1; }));
    QTest::qWait(50);
    notification.tell("Two", {}, "chat-1");
    notification.tell("Other", {}, "chat-2");
    ASSERT_TRUE(comesTrue([&] { return service.told.size() == 3; }));
    EXPECT_EQ(service.told[1].replaced, 1u);
    EXPECT_EQ(service.told[2].replaced, 0u);
}

TEST_F(Desktop, WithoutAServiceNothingHappens) {
    DesktopNotification notification;
    notification.tell("One", {}, "chat-1");
    QTest::qWait(50);
}

TEST_F(Desktop, InASandboxThePortalIsTold) {
    FakeNotificationPortal portal;
    offer("org.freedesktop.portal.Desktop", kPortalPath, portal);
    qputenv("SNAP", "/snap/ponder");
    DesktopNotification notification;
    notification.tell("The answer is there", "Bread", "chat-1");
    const bool arrived = comesTrue([&] { return portal.added.size() == 1; });
    qunsetenv("SNAP");
    ASSERT_TRUE(arrived);
    EXPECT_EQ(portal.added[0].first, "chat-1");
    EXPECT_EQ(portal.added[0].second.value("body").toString(), "Bread");
}

TEST_F(Desktop, ColoursContrastAndMotionFollowThePortal) {
    FakeSettingsPortal portal;
    portal.values[kAppearance + " color-scheme"] = 1u;
    offer("org.freedesktop.portal.Desktop", kPortalPath, portal);
    const auto tell = [&](const QString& space, const QString& key, const QDBusVariant& value) {
        QDBusMessage signal =
            QDBusMessage::createSignal(kPortalPath, "org.freedesktop.portal.Settings", "SettingChanged");
        signal << space << key << QVariant::fromValue(value);
        ASSERT_TRUE(other_.send(signal));
    };
    QStyle* const before = QApplication::style();
    before->setParent(nullptr);
    auto* style = new ui::WindowStyle;
    QApplication::setStyle(style);
    {
        ui::Theme theme;
        const DesktopAppearance appearance(theme);
        EXPECT_TRUE(comesTrue([&] { return theme.scheme() == ui::ColourScheme::Dark; }));
        tell(kAppearance, "contrast", QDBusVariant(1u));
        EXPECT_TRUE(comesTrue([&] { return theme.scheme() == ui::ColourScheme::HighContrastDark; }));
        tell(kAppearance, "color-scheme", QDBusVariant(2u));
        EXPECT_TRUE(comesTrue([&] { return theme.scheme() == ui::ColourScheme::HighContrastLight; }));
        tell("org.gnome.desktop.interface", "color-scheme", QDBusVariant("prefer-dark"));
        tell("org.gnome.desktop.interface", "enable-animations", QDBusVariant(false));
        EXPECT_TRUE(comesTrue([&] { return style->motion() == ui::Motion::Reduced; }));
        EXPECT_EQ(theme.scheme(), ui::ColourScheme::HighContrastLight) << "a word of another space";
        EXPECT_EQ(style->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, nullptr, nullptr), 0);
        style->setMotion(ui::MotionChoice::Full);
        EXPECT_EQ(style->motion(), ui::Motion::Full) << "the person's choice goes before the desktop's";
    }
    QApplication::setStyle(before);
}

TEST_F(Desktop, TheBusActivatesOpensAndBeginsAChat) {
    DesktopService service;
    ASSERT_TRUE(service.ownsName());
    QSignalSpy activated(&service, &DesktopService::activated);
    QSignalSpy opened(&service, &DesktopService::opened);
    QSignalSpy chats(&service, &DesktopService::newChatAsked);
    const auto call = [&](const QString& method, const QVariantList& arguments) {
        QDBusMessage message = QDBusMessage::createMethodCall("org.ponder.Ponder", "/org/ponder/Ponder",
                                                              "org.freedesktop.Application", method);
        message.setArguments(arguments);
        other_.asyncCall(message);
    };
    call("Activate", {QVariantMap{}});
    call("Open", {QStringList{"file:///models/a%20b.gguf", "https://example.org/x"}, QVariantMap{}});
    call("ActivateAction", {"NewChat", QVariantList{}, QVariantMap{}});
    ASSERT_TRUE(comesTrue([&] { return chats.size() == 1; }));
    EXPECT_EQ(activated.size(), 1);
    ASSERT_EQ(opened.size(), 1) << "files only";
    EXPECT_EQ(opened[0][0].toString(), "/models/a b.gguf");
}

TEST_F(Desktop, TheNameBelongsToTheFirstWindow) {
    ASSERT_TRUE(other_.registerService(DesktopService::applicationId()));
    const DesktopService second;
    EXPECT_FALSE(second.ownsName());
}

} // namespace

} // namespace ponder::app
