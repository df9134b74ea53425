using System.CommandLine;
using System.CommandLine.Parsing;

namespace BcnnSim.Cli;

/// <summary>What the parser could not read, in the form of every other refusal: name, value, rule, remedy.</summary>
internal static class ParseViolations
{
    public static IReadOnlyList<Violation> Of(ParseResult parsed)
    {
        List<Violation> violations = [];
        foreach (ParseError error in parsed.Errors)
        {
            if (error.SymbolResult is OptionResult option)
            {
                violations.Add(OfOption(option, error.Message));
            }
            else if (parsed.UnmatchedTokens.Count == 0)
            {
                violations.Add(new Violation(NameOf(parsed), "arguments", "-", error.Message.TrimEnd('.'), $"See {NameOf(parsed)} --help"));
            }
        }

        violations.AddRange(parsed.UnmatchedTokens.Select(token => Unknown(parsed.CommandResult.Command, NameOf(parsed), token)));
        return violations;
    }

    /// <summary>Refusal of a word that is neither an option nor a command here; names the known ones.</summary>
    public static Violation Unknown(Command command, string name, string token)
    {
        bool option = token.StartsWith('-');
        string[] known = option
            ? [.. command.Options.Select(o => o.Name).Append("--help")]
            : [.. command.Subcommands.Select(c => c.Name)];
        string rule = option ? "unknown option" : command.Subcommands.Count > 0 ? "unknown command" : "one argument too many";
        string remedy = known.Length > 0 ? $"Known here: {string.Join(", ", known.Distinct(StringComparer.Ordinal))}" : $"See {name} --help";
        return new Violation(name, option ? "option" : "argument", token, rule, remedy);
    }

    /// <summary>"bcnnsim run".</summary>
    public static string NameOf(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand ? BcnnSimCommand.Name : $"{BcnnSimCommand.Name} {parsed.CommandResult.Command.Name}";

    private static Violation OfOption(OptionResult option, string message)
    {
        string name = option.Option.Name;
        string[] values = [.. option.Tokens.Select(t => t.Value)];
        if (values.Length == 0)
        {
            return new Violation(name, "value", "absent", "the option needs a value", $"Write {name} {option.Option.HelpName ?? "VALUE"}");
        }

        Type type = Nullable.GetUnderlyingType(option.Option.ValueType) ?? option.Option.ValueType;
        bool number = values.Length == 1 && (type == typeof(int) || type == typeof(long));
        string rule = number ? "must be a whole number" : message.TrimEnd('.');
        return new Violation(name, "value", string.Join(" ", values), rule, number ? "Give a whole number" : $"Give {name} once");
    }
}
