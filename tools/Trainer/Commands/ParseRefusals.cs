using System.CommandLine;
using System.CommandLine.Parsing;

namespace BcnnSim.Trainer.Commands;

/// <summary>What the parser could not read, in the form of every other refusal.</summary>
internal static class ParseRefusals
{
    public static InputException Of(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string name = command is RootCommand ? "bcnntrain" : $"bcnntrain {command.Name}";
        List<Violation> found = [.. parsed.UnmatchedTokens.Select(token => Unknown(command, name, token))];
        foreach (ParseError error in parsed.Errors)
        {
            if (error.SymbolResult is OptionResult option)
            {
                found.Add(OfOption(option, error.Message));
            }
            else if (parsed.UnmatchedTokens.Count == 0)
            {
                found.Add(new Violation(name, "arguments", "-", error.Message.TrimEnd('.'), $"See {name} --help"));
            }
        }

        return new InputException(found);
    }

    private static Violation Unknown(Command command, string name, string token)
    {
        bool option = token.StartsWith('-');
        IEnumerable<string> known = option ? command.Options.Select(o => o.Name).Append("--help") : command.Subcommands.Select(c => c.Name);
        string rule = option ? "unknown option" : command.Subcommands.Count > 0 ? "unknown command" : "one argument too many";
        return new Violation(name, option ? "option" : "argument", token, rule, $"Known here: {string.Join(", ", known.DefaultIfEmpty("options only").Distinct(StringComparer.Ordinal))}");
    }

    // The parser's own words name .NET types for numbers.
    private static Violation OfOption(OptionResult option, string message)
    {
        string name = option.Option.Name;
        string[] values = [.. option.Tokens.Select(token => token.Value)];
        if (values.Length == 0)
        {
            return new Violation("command line", name, "absent", "must be given with a value", $"Write {name} VALUE: {option.Option.Description?.TrimEnd('.')}");
        }

        Type type = Nullable.GetUnderlyingType(option.Option.ValueType) ?? option.Option.ValueType;
        string rule = values.Length > 1 ? "must be given once" : type == typeof(int) ? "must be a whole number" : message.ReplaceLineEndings(" ").TrimEnd('.');
        return new Violation("command line", name, string.Join(' ', values), rule, $"Meaning: {option.Option.Description?.TrimEnd('.')}");
    }
}
