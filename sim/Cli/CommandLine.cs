using System.CommandLine;
using System.CommandLine.Invocation;
using BcnnSim.Kernel;

namespace BcnnSim.Cli;

/// <summary>Parses a command line, runs its command, and turns every failure into one message and one exit code.</summary>
internal static class CommandLine
{
    public static int Run(IReadOnlyList<string> arguments, Session session) => Guard(() => Invoke(arguments, session), session);

    /// <summary>The exit code of <paramref name="work"/>; of whatever it throws, one message without a stack trace and its code.</summary>
    internal static int Guard(Func<int> work, Session session)
    {
        try
        {
            return work();
        }
        catch (InputException refused)
        {
            WriteRefusal(refused.Violations, session.Error);
            return ExitCode.BadInput;
        }
        catch (OperationCanceledException)
        {
            session.Error.WriteLine("interrupted");
            return ExitCode.Interrupted;
        }
        catch (Exception failure) when (failure is DeadlockException or ModelException)
        {
            session.Error.WriteLine($"model error: {failure.Message}");
            return ExitCode.ModelError;
        }
        catch (Exception failure)
        {
            session.Error.WriteLine($"internal error, please report it: {failure.GetType().Name}: {failure.Message}");
            return ExitCode.ModelError;
        }
    }

    private static int Invoke(IReadOnlyList<string> arguments, Session session)
    {
        // No response files: an argument that begins with @ is a name like any other and must not open files.
        ParserConfiguration parser = new() { ResponseFileTokenReplacer = null };
        ParseResult parsed = BcnnSimCommand.Create(arguments, session).Parse(arguments, parser);
        if (parsed.Action is ParseErrorAction)
        {
            throw new InputException(ParseViolations.Of(parsed));
        }

        InvocationConfiguration invocation = new()
        {
            Output = session.Output,
            Error = session.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        return parsed.Action is AsynchronousCommandLineAction
            ? parsed.InvokeAsync(invocation, session.Cancellation).GetAwaiter().GetResult()
            : parsed.Invoke(invocation);
    }

    private static void WriteRefusal(IReadOnlyList<Violation> violations, TextWriter error)
    {
        error.WriteLine(violations.Count == 1 ? "refused:" : $"refused, {violations.Count} reasons:");
        foreach (Violation violation in violations)
        {
            error.WriteLine($"  {violation}");
        }
    }
}
