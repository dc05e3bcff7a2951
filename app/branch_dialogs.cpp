#include "app/branch_dialogs.h"

#include <QCoreApplication>

#include <algorithm>

#include "app/shown_message.h"
#include "ui/branches/branch_map.h"
#include "ui/branches/comparison.h"

namespace ponder::app {

namespace {

constexpr int kShownWords = 120; // characters

struct VersionWords {
    Q_DECLARE_TR_FUNCTIONS(VersionWords)
};

QString firstWords(const Turn& turn) {
    std::string text = joinedText(turn, PartKind::Text);
    if (text.empty()) text = joinedText(turn, PartKind::Reasoning);
    return shownBeginning(text, kShownWords);
}

double secondsOf(const Turn& turn) {
    return turn.answer.promptSeconds + turn.answer.answerSeconds;
}

std::vector<ui::BranchNode> nodesOf(const Conversation& chat) {
    const std::vector<int> path = chat.activePath();
    std::vector<ui::BranchNode> nodes;
    for (const Turn& turn : chat.turns()) {
        ui::BranchNode node;
        node.id = turn.number;
        node.parent = turn.parent;
        node.role = turn.role == engine::Role::User ? ui::Role::User : ui::Role::Assistant;
        node.text = firstWords(turn);
        node.tokens = turn.answer.answerTokens;
        node.seconds = secondsOf(turn);
        node.onPath = std::find(path.begin(), path.end(), turn.number) != path.end();
        nodes.push_back(std::move(node));
    }
    return nodes;
}

ui::ComparedAnswer comparedAnswer(const Conversation& chat, const Turn& turn) {
    const std::vector<int> siblings = chat.siblings(turn.number);
    const auto version = std::find(siblings.begin(), siblings.end(), turn.number) - siblings.begin() + 1;
    ui::ComparedAnswer answer;
    answer.title = VersionWords::tr("Version %1 of %2").arg(version).arg(siblings.size());
    answer.model = QString::fromStdString(turn.answer.modelName);
    answer.thoughts = QString::fromStdString(joinedText(turn, PartKind::Reasoning));
    answer.text = QString::fromStdString(joinedText(turn, PartKind::Text));
    answer.tokens = turn.answer.answerTokens;
    answer.thoughtTokens = turn.answer.reasoningTokens;
    answer.seconds = secondsOf(turn);
    return answer;
}

} // namespace

BranchDialogs::BranchDialogs(ChatController& chats, ui::Theme& theme, ui::MainWindow& window)
    : chats_(chats), theme_(theme), window_(window) {
    connect(&window_, &ui::MainWindow::branchMapRequested, this, &BranchDialogs::showMap);
    connect(&window_, &ui::MainWindow::comparisonRequested, this, &BranchDialogs::compareWithNeighbour);
}

void BranchDialogs::showMap() {
    if (chats_.openConversation().empty()) return;
    auto* map = new ui::BranchMap(theme_, nodesOf(chats_.openConversation()), &window_);
    map->setAttribute(Qt::WA_DeleteOnClose);
    connect(map, &ui::BranchMap::chosen, &chats_, &ChatController::goTo);
    connect(map, &ui::BranchMap::comparisonWanted, this, &BranchDialogs::compare);
    map->open();
}

void BranchDialogs::compareWithNeighbour(int turn) {
    const Conversation& chat = chats_.openConversation();
    if (!chat.find(turn)) return;
    const std::vector<int> siblings = chat.siblings(turn);
    const auto at = std::find(siblings.begin(), siblings.end(), turn);
    if (siblings.size() < 2) return;
    const int other = at == siblings.begin() ? siblings[1] : *(at - 1);
    compare(std::min(turn, other), std::max(turn, other));
}

void BranchDialogs::compare(int firstTurn, int secondTurn) {
    const Conversation& chat = chats_.openConversation();
    const Turn* first = chat.find(firstTurn);
    const Turn* second = chat.find(secondTurn);
    if (!first || !second) return;
    auto* comparison = new ui::Comparison(theme_, comparedAnswer(chat, *first), comparedAnswer(chat, *second),
                                          window_.focusWidget() ? window_.focusWidget()->window() : &window_);
    comparison->setAttribute(Qt::WA_DeleteOnClose);
    comparison->open();
}

} // namespace ponder::app
