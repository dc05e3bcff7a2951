#include "tests/ui/gallery/scenes.h"

#include "ui/finding/palette.h"
#include "ui/widgets/attachment_chip.h"

#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QSet>
#include <QStyle>

namespace ponder::ui {

void PrintTo(const Scene& scene, std::ostream* out) {
    *out << scene.name.toStdString();
}

namespace {

constexpr int kLeastTarget = 32;

/// What can be used in the scene: the dialog or the menu that is open, else the window.
std::vector<QWidget*> openWindows(Stage& stage) {
    if (QWidget* popup = QApplication::activePopupWidget()) return {popup};
    if (QWidget* modal = QApplication::activeModalWidget()) return {modal};
    // It lies over the window and keeps the keyboard.
    if (auto* palette = stage.window().findChild<Palette*>(); palette && palette->isVisible())
        return {palette};
    return {&stage.window()};
}

std::string words(const QWidget& widget) {
    const QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(const_cast<QWidget*>(&widget));
    const QString name = spoken ? spoken->text(QAccessible::Name) : QString();
    QString place;
    for (const QWidget* at = widget.parentWidget(); at; at = at->parentWidget())
        place += QString(" in ") + at->metaObject()->className();
    return (QString(widget.metaObject()->className()) + " “" + name + "”" + place).toStdString();
}

/// The sidebar of a narrow window lies over what is beside it in a wide one.
bool isCovered(const QWidget& widget) {
    const QWidget& window = *widget.window();
    const QWidget* above = window.childAt(widget.mapTo(&window, widget.rect().center()));
    return above && above != &widget && !widget.isAncestorOf(above) && !above->isAncestorOf(&widget) &&
           !above->testAttribute(Qt::WA_TransparentForMouseEvents);
}

bool canBeUsed(const QWidget& widget) {
    return widget.isVisible() && widget.isEnabled() && widget.focusPolicy() != Qt::NoFocus &&
           !widget.focusProxy() && !widget.visibleRegion().isEmpty() && !isCovered(widget);
}

std::vector<QWidget*> usable(QWidget& whole) {
    std::vector<QWidget*> parts;
    for (QWidget* part : whole.findChildren<QWidget*>()) {
        if (part->window() == whole.window() && canBeUsed(*part)) parts.push_back(part);
    }
    return parts;
}

class AccessibilityWalk : public testing::TestWithParam<Scene> {
protected:
    void SetUp() override {
        stage = std::make_unique<Stage>(Appearance::Light, GetParam().size);
        GetParam().set(*stage);
        stage->settle();
    }

    std::unique_ptr<Stage> stage;
};

TEST_P(AccessibilityWalk, EverythingThatCanBeUsedHasANameAndARole) {
    for (QWidget* whole : openWindows(*stage)) {
        for (QWidget* part : usable(*whole)) {
            const QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(part);
            ASSERT_TRUE(spoken);
            EXPECT_FALSE(spoken->text(QAccessible::Name).isEmpty()) << words(*part);
            EXPECT_NE(spoken->role(), QAccessible::NoRole) << words(*part);
            EXPECT_NE(spoken->role(), QAccessible::Client) << words(*part);
        }
    }
}

/// Links stand in text and are as high as their line; whoever cannot hit them has the keyboard.
void expectLargeButtons(const QAccessibleInterface& node, int depth = 0) {
    if (depth > 6) return;
    for (int i = 0; i < node.childCount(); ++i) {
        const QAccessibleInterface* child = node.child(i);
        if (!child || child->state().invisible || child->state().offscreen) continue;
        if (child->role() == QAccessible::Button) {
            const QRect box = child->rect();
            EXPECT_GE(std::min(box.width(), box.height()), kLeastTarget)
                << child->text(QAccessible::Name).toStdString() << ", " << box.width() << " x "
                << box.height();
        }
        expectLargeButtons(*child, depth + 1);
    }
}

TEST_P(AccessibilityWalk, EverythingThatIsClickedIsLargeEnough) {
    for (QWidget* whole : openWindows(*stage)) {
        const auto expectLarge = [](const QWidget& part) {
            if (!part.isVisible() || part.visibleRegion().isEmpty()) return;
            EXPECT_GE(part.width(), kLeastTarget) << words(part);
            EXPECT_GE(part.height(), kLeastTarget) << words(part);
        };
        for (const auto* part : whole->findChildren<QAbstractButton*>()) {
            // What empties a field stands inside it; Escape does the same.
            if (!qobject_cast<QLineEdit*>(part->parentWidget())) expectLarge(*part);
        }
        for (const auto* part : whole->findChildren<QComboBox*>()) expectLarge(*part);
        for (const auto* part : whole->findChildren<QLineEdit*>()) expectLarge(*part);
        for (const auto* list : whole->findChildren<QAbstractItemView*>()) {
            if (!list->isVisible() || !list->model() || qobject_cast<const QHeaderView*>(list)) continue;
            for (int row = 0; row < list->model()->rowCount(list->rootIndex()); ++row) {
                const QModelIndex index = list->model()->index(row, 0, list->rootIndex());
                if (!(index.flags() & Qt::ItemIsSelectable)) continue;
                EXPECT_GE(list->visualRect(index).height(), kLeastTarget)
                    << words(*list) << ": " << index.data().toString().toStdString();
            }
        }
        if (const auto* menu = qobject_cast<QMenu*>(whole)) {
            for (QAction* action : menu->actions()) {
                if (action->isSeparator()) continue;
                EXPECT_GE(menu->actionGeometry(action).height(), kLeastTarget)
                    << action->text().toStdString();
            }
        }
        if (whole == &stage->window())
            expectLargeButtons(*QAccessible::queryAccessibleInterface(&stage->window().transcript()));
    }
}

bool wantsTab(const QWidget& widget) {
    return widget.focusPolicy() & Qt::TabFocus;
}

/// Whether a reader who is at `before` has passed `place` already: it lies above in the same column, or to
/// the left in the same row.
bool isPassed(const QRect& place, const QRect& before) {
    const bool sameColumn = place.left() <= before.right() && place.right() >= before.left();
    const bool sameRow = place.top() <= before.bottom() && place.bottom() >= before.top();
    return (sameColumn && place.bottom() < before.top()) || (sameRow && place.right() < before.left());
}

TEST_P(AccessibilityWalk, TabVisitsEverythingOnceAsItIsRead) {
    for (QWidget* whole : openWindows(*stage)) {
        if (qobject_cast<QMenu*>(whole)) continue; // goes by its arrows
        std::vector<QWidget*> wanted;
        for (QWidget* part : usable(*whole)) {
            if (wantsTab(*part)) wanted.push_back(part);
        }
        if (wanted.empty()) continue;
        std::vector<QWidget*> stops;
        QSet<QWidget*> seen;
        // The chain as the Tab key goes along it, whatever a widget does with the key.
        for (QWidget* at = whole->nextInFocusChain(); at != whole && !seen.contains(at);
             at = at->nextInFocusChain()) {
            seen.insert(at);
            if (whole->isAncestorOf(at) && canBeUsed(*at) && wantsTab(*at)) stops.push_back(at);
        }
        EXPECT_EQ(stops.size(), wanted.size()) << "stops of Tab in " << words(*whole);
        for (std::size_t i = 1; i < stops.size(); ++i) {
            // Attached files belong to the text they go with, and come after it.
            if (qobject_cast<AttachmentChip*>(stops[i])) continue;
            const auto boxOf = [&](const QWidget& part) {
                QRect box(part.mapTo(whole, QPoint()), part.size());
                for (const QWidget* at = part.parentWidget(); at && at != whole; at = at->parentWidget())
                    box &= QRect(at->mapTo(whole, QPoint()), at->size());
                return QStyle::visualRect(whole->layoutDirection(), whole->rect(), box);
            };
            EXPECT_FALSE(isPassed(boxOf(*stops[i]), boxOf(*stops[i - 1])))
                << words(*stops[i]) << "\n  comes after " << words(*stops[i - 1]);
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Scenes, AccessibilityWalk, testing::ValuesIn(allScenes()),
                         [](const auto& info) { return info.param.name.toStdString(); });

} // namespace
} // namespace ponder::ui
