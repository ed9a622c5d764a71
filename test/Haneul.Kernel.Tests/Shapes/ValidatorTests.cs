using Haneul.Kernel.Shapes;
using Haneul.Kernel.Shapes.Validation;

namespace Haneul.Kernel.Tests.Shapes;

/// <summary>Texts as recorded from AWS.</summary>
public sealed class ValidatorTests
{
    private static readonly Schema s_name = Schema.Simple(ShapeKind.String, "Name", new(min: 3, max: 8, pattern: "[a-z]+"));
    private static readonly Schema s_mode = Schema.Simple(ShapeKind.String, "Mode", new(values: ["ON", "OFF"]));
    private static readonly Schema s_limit = Schema.Simple(ShapeKind.Integer, "Limit", new(min: 1, max: 10));
    private static readonly Schema s_names = Schema.List("Names", new MemberSchema("member", () => s_name), new(min: 1, max: 2));
    private static readonly Schema s_parts = Schema.List("Parts", new MemberSchema("member", () => s_thing!));
    private static readonly Schema s_thing = Schema.Structure("Thing",
    [
        new MemberSchema("ThingName", () => s_name) { Required = true },
        new MemberSchema("Mode", () => s_mode),
        new MemberSchema("Limit", () => s_limit),
        new MemberSchema("Names", () => s_names),
        new MemberSchema("Parts", () => s_parts),
    ]);

    [Fact]
    public void What_keeps_to_the_model_passes() =>
        Assert.Null(Validator.Check(new Thing { Name = "abc", Mode = "ON", Limit = 10, Names = ["abc"] }));

    [Fact]
    public void A_missing_member_is_null() => Expect(
        new Thing(), "1 validation error detected: Value null at 'thingName' failed to satisfy constraint: Member must not be null");

    [Fact]
    public void A_short_text_is_named_with_its_bound() => Expect(
        new Thing { Name = "ab" },
        "1 validation error detected: Value 'ab' at 'thingName' failed to satisfy constraint: Member must have length greater than or equal to 3");

    [Fact]
    public void All_violations_are_told_at_once() => Expect(
        new Thing { Name = "A", Mode = "MAYBE", Limit = 0 },
        "4 validation errors detected: Value 'A' at 'thingName' failed to satisfy constraint: Member must have length greater than or equal to 3; "
        + "Value 'A' at 'thingName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-z]+; "
        + "Value 'MAYBE' at 'mode' failed to satisfy constraint: Member must satisfy enum value set: [ON, OFF]; "
        + "Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1");

    [Fact]
    public void A_list_that_is_too_long_is_printed() => Expect(
        new Thing { Name = "abc", Names = ["abc", "def", "ghi"] },
        "1 validation error detected: Value '[abc, def, ghi]' at 'names' failed to satisfy constraint: Member must have length less than or equal to 2");

    [Fact]
    public void A_bad_element_names_all_rules_of_elements() => Expect(
        new Thing { Name = "abc", Names = ["ABC"] },
        "1 validation error detected: Value '[ABC]' at 'names' failed to satisfy constraint: Member must satisfy constraint: "
        + "[Member must have length less than or equal to 8, Member must have length greater than or equal to 3, "
        + "Member must satisfy regular expression pattern: [a-z]+]");

    [Fact]
    public void Structures_in_lists_are_counted_from_one() => Expect(
        new Thing { Name = "abc", Parts = [new Thing { Name = "abc" }, new Thing { Name = "abc", Mode = "x" }] },
        "1 validation error detected: Value 'x' at 'parts.2.member.mode' failed to satisfy constraint: Member must satisfy enum value set: [ON, OFF]");

    private static void Expect(Thing thing, string message) => Assert.Equal(message, Validator.Check(thing));

    private sealed class Thing : IShape
    {
        public string? Name { get; init; }

        public string? Mode { get; init; }

        public int? Limit { get; init; }

        public IReadOnlyList<string>? Names { get; init; }

        public IReadOnlyList<Thing>? Parts { get; init; }

        public Schema Schema => s_thing;

        public void Write(ShapeWriter writer)
        {
            writer.BeginStructure(s_thing);
            if (Name is not null)
            {
                writer.Member(s_thing.Members[0]);
                writer.WriteString(Name);
            }

            if (Mode is not null)
            {
                writer.Member(s_thing.Members[1]);
                writer.WriteString(Mode);
            }

            if (Limit is { } limit)
            {
                writer.Member(s_thing.Members[2]);
                writer.WriteInteger(limit);
            }

            if (Names is not null)
            {
                writer.Member(s_thing.Members[3]);
                writer.WriteStrings(Names);
            }

            if (Parts is not null)
            {
                writer.Member(s_thing.Members[4]);
                writer.WriteStructures(Parts);
            }

            writer.EndStructure();
        }
    }
}
