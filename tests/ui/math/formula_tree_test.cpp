#include "ui/math/formula_layout.h"
#include "ui/math/svg_path.h"

#include <gtest/gtest.h>

#include <QFont>

namespace ponder::ui {
namespace {

bool reads(const QByteArray& json) {
    return readFormulaTree(json).has_value();
}

TEST(FormulaTree, ReadsBoxes) {
    const auto tree = readFormulaTree(R"({"lines":[[{"k":"r","h":1,"d":0.5,"c":[
        {"k":"t","s":"x","f":"Math-Italic","z":0.7,"mr":0.1},{"k":"b","h":0.04,"u":0.2}]}]]})");
    ASSERT_TRUE(tree);
    const FormulaNode& row = tree->lines.at(0).at(0);
    EXPECT_EQ(row.height, 1);
    ASSERT_EQ(row.children.size(), 2u);
    EXPECT_EQ(row.children[0].text, "x");
    EXPECT_EQ(row.children[1].kind, FormulaNode::Kind::Bar);
}

TEST(FormulaTree, RefusesWhatIsNoTree) {
    for (const char* json :
         {"", "{}", "[]", "{\"lines\":3}", "{\"lines\":[3]}", "{\"lines\":[[3]]}", "{\"lines\":[[{}]]}",
          "{\"lines\":[[{\"k\":\"?\"}]]}",
          "{\"lines\":[[{\"k\":\"t\",\"s\":\"x\",\"f\":\"Arial\",\"z\":1}]]}",
          "{\"lines\":[[{\"k\":\"t\",\"s\":\"x\",\"f\":\"Main-Bold\",\"z\":-1}]]}",
          "{\"lines\":[[{\"k\":\"r\",\"ml\":1e300}]]}", "{\"lines\":[[{\"k\":\"r\",\"ml\":\"1\"}]]}",
          "{\"lines\":[[{\"k\":\"x\",\"e\":[1]}]]}",
          "{\"lines\":[[{\"k\":\"p\",\"h\":1,\"g\":[{\"d\":\"M0 0z\",\"v\":[0,0]}]}]]}",
          "{\"lines\":[[{\"k\":\"p\",\"h\":1,\"g\":[{\"d\":\"nonsense\",\"v\":[9,9]}]}]]}"}) {
        EXPECT_FALSE(reads(json)) << json;
    }
}

TEST(FormulaTree, RefusesMoreThanItsLimits) {
    QByteArray deep;
    for (int i = 0; i < formula_limit::kDepth + 10; ++i) deep += R"({"k":"r","c":[)";
    for (int i = 0; i < formula_limit::kDepth + 10; ++i) deep += "]}";
    EXPECT_FALSE(reads("{\"lines\":[[" + deep + "]]}"));
    QByteArray many = R"({"k":"r"})";
    for (int i = 0; i < formula_limit::kNodes; ++i) many += R"(,{"k":"r"})";
    EXPECT_FALSE(reads("{\"lines\":[[" + many + "]]}"));
}

TEST(FormulaTree, ATreeWithoutInkIsNoFormula) {
    const auto fonts = std::make_shared<FormulaFonts>(QFont());
    EXPECT_TRUE(layOutFormula(*readFormulaTree(R"({"lines":[[{"k":"r","ml":3}]]})"), fonts).isNull());
}

TEST(SvgPath, FollowsEveryCommand) {
    const auto box = [](const char* text) { return parseSvgPath(QString(text))->boundingRect(); };
    EXPECT_EQ(box("M10 20 L30 20 L30 50z"), QRectF(10, 20, 20, 30));
    EXPECT_EQ(box("m10,20 20 0 0 30z"), QRectF(10, 20, 20, 30));
    EXPECT_EQ(box("M0 0H10V10H0Z"), QRectF(0, 0, 10, 10));
    EXPECT_EQ(box("M5 5h10v10h-10z"), QRectF(5, 5, 10, 10));
    EXPECT_EQ(box("M0-1.5.5.5"), QRectF(0, -1.5, 0.5, 2));
    EXPECT_EQ(parseSvgPath(u"M0 0C0 10 10 10 10 0S20-10 20 0")->currentPosition(), QPointF(20, 0));
    EXPECT_EQ(parseSvgPath(u"M0 0q5 10 10 0t10 0")->currentPosition(), QPointF(20, 0));
    EXPECT_EQ(parseSvgPath(u"M1e2 0l1e-1 0")->currentPosition(), QPointF(100.1, 0));
}

TEST(SvgPath, RefusesWhatIsNoPath) {
    for (const char* text : {"5 5", "M", "M1", "M1 x", "L1 1 e", "M0 0A1 1 0 0 0 1 1", "M1e999 0", "M0 0z 5"})
        EXPECT_FALSE(parseSvgPath(QString(text))) << text;
    EXPECT_TRUE(parseSvgPath(u"")->isEmpty());
}

} // namespace
} // namespace ponder::ui
