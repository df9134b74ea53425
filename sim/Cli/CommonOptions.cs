using System.CommandLine;

namespace BcnnSim.Cli;

/// <summary>
/// Options that several commands share. Values are taken as text and read by the command, so that a refusal has the same form
/// everywhere and joins all others.
/// </summary>
internal static class CommonOptions
{
    public static Option<string?> Json() => new("--json")
    {
        HelpName = "FILE",
        Description = "Write the result as JSON to FILE; - for standard output (tables then go to standard error)",
    };

    public static Option<string?> Design() => new("--design")
    {
        HelpName = "FILE",
        Description = "Design file; default models/designs/u280-reference.json",
    };

    public static Option<string[]> Shapes() => new("--shapes")
    {
        HelpName = "FILE",
        Description = "Shape without weights, timing only: a shape.json, or a SCALE-Sim topology (.csv)",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Option<string?> InputBits() => new("--input-bits")
    {
        HelpName = "N",
        Description = "Bit planes of the first layer of a topology (.csv), which does not say; default 8",
    };

    public static Option<string[]> Set() => new("--set")
    {
        HelpName = "PATH=VALUE",
        Description = "Change one design parameter, repeatable; explain --parameters lists them",
        Arity = ArgumentArity.OneOrMore,
    };
}
