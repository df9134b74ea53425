using System.CommandLine;
using BcnnSim.Reporting;

namespace BcnnSim.Cli;

/// <summary>`explain`: what the mapper makes of a network on a design, without running it.</summary>
internal static class ExplainCommand
{
    public static void Fill(Command command, Session session)
    {
        ExplainOptionSet options = new();
        options.AddTo(command);
        command.SetAction(parsed => Explain(options.Read(parsed, session), session));
    }

    private static int Explain(ExplainRequest request, Session session)
    {
        using (request.Json)
        {
            ExplainDocument document = ExplainBuilder.Build(request);
            new ExplainTables(document, request.Json?.TakesOutput == true ? session.Error : session.Output).Write();
            request.Json?.Write(ReportFile.ToJson(document));
            return ExitCode.Ok;
        }
    }
}
