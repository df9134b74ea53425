using System.CommandLine;

namespace BcnnSim.Cli;

/// <summary>`run`: networks on a design, frame by frame, cycle by cycle.</summary>
internal static class RunCommand
{
    public static void Fill(Command command, Session session)
    {
        RunOptionSet options = new();
        options.AddTo(command);
        command.SetAction(parsed => Run(new RunRequestReader(options, parsed, session).Read(), session));
    }

    /// <summary>The main job: `run` without a network.</summary>
    public static int RunAll(string? json, Session session)
    {
        Command command = new("run");
        RunOptionSet options = new();
        options.AddTo(command);
        ParseResult parsed = command.Parse(json is null ? [] : ["--json", json]);
        return Run(new RunRequestReader(options, parsed, session).Read(), session);
    }

    private static int Run(RunRequest request, Session session)
    {
        using (request.Json)
        {
            return new RunJob(request, session).Run();
        }
    }
}
