using System.CommandLine;

namespace BcnnSim.Cli;

/// <summary>`hbm`: a request trace or pattern through the memory system alone.</summary>
internal static class HbmCommand
{
    public static void Fill(Command command, Session session)
    {
        HbmOptionSet options = new();
        options.AddTo(command);
        command.SetAction(parsed => Run(new HbmRequestReader(options, parsed, session).Read(), session));
    }

    private static int Run(HbmRequest request, Session session)
    {
        using (request)
        {
            return new HbmJob(request, session).Run();
        }
    }
}
